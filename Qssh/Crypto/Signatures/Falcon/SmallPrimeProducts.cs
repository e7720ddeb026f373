namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>What the Chinese remainder theorem needs of the small primes. Computed when a key is first made.</summary>
internal static class SmallPrimeProducts
{
    /// <summary>1 / (product of all primes before) modulo each prime, times 2^32.</summary>
    public static readonly uint[] Inverses = Build();

    private static uint[] Build()
    {
        ReadOnlySpan<SmallPrime> primes = SmallPrimes.All;
        uint[] inverses = new uint[primes.Length];
        for (int i = 0; i < inverses.Length; i++)
        {
            SmallPrime prime = primes[i];
            uint product = prime.One;
            foreach (SmallPrime before in primes[..i])
                product = prime.Multiply(product, prime.Multiply(prime.ReduceOnce(before.P), prime.Square));
            inverses[i] = prime.Power(product, prime.P - 2);
        }

        return inverses;
    }
}

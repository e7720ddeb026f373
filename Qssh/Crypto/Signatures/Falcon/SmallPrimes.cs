namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The largest primes below 2^31 that are 1 mod 2048, from the largest down, with their roots of unity. Computed when a key is first
/// made or loaded.
/// </summary>
internal static class SmallPrimes
{
    public static readonly SmallPrime[] All = new SmallPrime[Gaps.Length];

    /// <summary>A primitive 2048th root of unity of each prime, times 2^32.</summary>
    public static readonly uint[] Roots = new uint[Gaps.Length];

    static SmallPrimes()
    {
        uint p = (1u << 31) + 1;
        for (int i = 0; i < All.Length; i++)
        {
            p -= 2048u * Gaps[i];
            SmallPrime prime = new(p);
            All[i] = prime;
            Roots[i] = FindRoot(prime);
        }
    }

    /// <summary>Distance of each prime from the one before, in units of 2048; of the first from 2^31 + 1.</summary>
    private static ReadOnlySpan<byte> Gaps =>
    [
        5, 41, 1, 5, 9, 3, 3, 4, 14, 6, 1, 27, 2, 9, 6, 4, 9, 38, 9, 4, 11, 4, 2, 25, 12, 2, 10, 15,
        11, 7, 12, 6, 8, 21, 9, 6, 3, 1, 11, 9, 19, 3, 2, 1, 20, 15, 12, 19, 8, 1, 15, 6, 3, 2, 3, 6,
        6, 1, 12, 8, 4, 9, 12, 9, 5, 39, 24, 6, 7, 14, 3, 1, 6, 9, 6, 3, 11, 16, 5, 6, 28, 15, 2, 15,
        4, 8, 15, 15, 6, 7, 14, 4, 2, 7, 21, 17, 4, 30, 15, 14, 10, 27, 9, 5, 1, 2, 6, 9, 3, 3, 6, 9,
        24, 7, 15, 3, 3, 47, 28, 3, 6, 21, 8, 4, 20, 3, 4, 8, 18, 10, 5, 9, 9, 1, 14, 1, 15, 14, 46, 9,
        2, 7, 6, 6, 21, 5, 18, 6, 19, 11, 6, 3, 1, 9, 6, 3, 23, 3, 37, 3, 9, 8, 24, 3, 18, 9, 28, 6,
        11, 9, 4, 3, 15, 9, 36, 3, 21, 11, 10, 2, 10, 2, 3, 7, 11, 15, 3, 4, 6, 5, 4, 8, 9, 9, 21, 21,
        3, 7, 50, 7, 18, 3, 21, 15, 3, 11, 4, 5, 10, 5, 13, 9, 5, 10, 5, 24, 12, 3, 7, 5, 15, 13, 9, 3,
        27, 8, 24, 10, 36, 15, 2, 1, 12, 2, 40, 26, 6, 10, 8, 12, 3, 3, 7, 27, 21, 33, 5, 4, 2, 15, 9, 7,
        18, 15, 5, 1, 14, 6, 16, 12, 6, 17, 7, 6, 5, 31, 6, 2, 7, 33, 2, 4, 14, 15, 10, 6, 12, 48, 17, 4,
        15, 9, 6, 6, 14, 1, 5, 13, 5, 45, 10, 6, 6, 8, 6, 1, 2, 25, 8, 4, 15, 24, 24, 11, 1, 33, 6, 15,
    ];

    /// <summary>x^((p-1)/2048) for the first x where that has full order: its 1024th power is then -1.</summary>
    private static uint FindRoot(SmallPrime prime)
    {
        uint minusOne = prime.P - prime.One;
        for (uint x = 2; ; x++)
        {
            uint root = prime.Power(prime.Multiply(x, prime.Square), (prime.P - 1) / 2048);
            if (prime.Power(root, 1024) == minusOne)
                return root;
        }
    }
}

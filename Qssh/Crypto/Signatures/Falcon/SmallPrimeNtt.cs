namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The number-theoretic transform modulo x^n + 1 and one small prime, for n up to the degree it was made for. After it, values 2v and
/// 2v + 1 belong to a point and its negative, and their product to value v of half the degree.
/// </summary>
internal readonly ref struct SmallPrimeNtt
{
    private readonly Span<uint> _roots;
    private readonly Span<uint> _inverseRoots;

    /// <param name="workspace"><see cref="WorkspaceSize"/> values, which hold nothing secret.</param>
    public SmallPrimeNtt(int index, int n, Span<uint> workspace)
    {
        Prime = SmallPrimes.All[index];
        _roots = workspace[..n];
        _inverseRoots = workspace.Slice(n, n);
        uint root = Prime.Power(SmallPrimes.Roots[index], (uint)(FalconParameters.LargestN / n));
        uint inverse = Prime.Power(root, (2 * (uint)n) - 1);
        uint power = Prime.One;
        uint inversePower = Prime.One;
        for (int i = 0, place = 0; i < n; i++)
        {
            _roots[place] = power;
            _inverseRoots[place] = inversePower;
            power = Prime.Multiply(power, root);
            inversePower = Prime.Multiply(inversePower, inverse);
            place = NextReversed(place, n);
        }
    }

    public SmallPrime Prime { get; }

    public static int WorkspaceSize(int n) => 2 * n;

    public void Transform(Span<uint> values)
    {
        SmallPrime prime = Prime;
        int groups = 1;
        for (int half = values.Length / 2; half >= 1; half /= 2, groups *= 2)
        {
            for (int group = 0; group < groups; group++)
            {
                uint root = _roots[groups + group];
                Span<uint> low = values.Slice(2 * half * group, half);
                Span<uint> high = values.Slice((2 * half * group) + half, low.Length);
                for (int j = 0; j < low.Length; j++)
                {
                    uint a = low[j];
                    uint b = prime.Multiply(high[j], root);
                    low[j] = prime.Add(a, b);
                    high[j] = prime.Subtract(a, b);
                }
            }
        }
    }

    public void InverseTransform(Span<uint> values)
    {
        SmallPrime prime = Prime;
        uint scale = prime.One;
        int groups = values.Length / 2;
        for (int half = 1; half < values.Length; half *= 2, groups /= 2)
        {
            scale = prime.Half(scale);
            for (int group = 0; group < groups; group++)
            {
                uint root = _inverseRoots[groups + group];
                Span<uint> low = values.Slice(2 * half * group, half);
                Span<uint> high = values.Slice((2 * half * group) + half, low.Length);
                for (int j = 0; j < low.Length; j++)
                {
                    uint a = low[j];
                    uint b = high[j];
                    low[j] = prime.Add(a, b);
                    high[j] = prime.Multiply(prime.Subtract(a, b), root);
                }
            }
        }

        foreach (ref uint value in values)
            value = prime.Multiply(value, scale);
    }

    /// <summary>Counts with the bits reversed.</summary>
    private static int NextReversed(int place, int n)
    {
        int bit = n >> 1;
        for (; (place & bit) != 0; bit >>= 1)
            place ^= bit;
        return place | bit;
    }
}

using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// SamplerZ (section 3.9.3): integers from a discrete Gaussian around a secret centre. What it branches on is only whether a candidate
/// is taken, which by construction says nothing of centre or deviation; tables are read whole.
/// </summary>
internal ref struct FalconSampler<T>
    where T : unmanaged, IFalconReal<T>
{
    public const int WorkspaceSize = FalconRandom.StateSize + FalconRandom.BufferSize;

    /// <summary>1 / (2 sigma_max^2), sigma_max = 1.8205.</summary>
    private const double InverseTwiceSquaredSigma0 = 0.150865048875372721532312163019;

    private const double Log2 = 0.69314718055994530941723212146;
    private const double InverseLog2 = 1.4426950408889634073599246810;
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Limbs of 36 bits: a borrow shows in bit 63.</summary>
    private const int LimbBits = 36;

    private readonly T _sigmaMinimum;
    private FalconRandom _random;

    public FalconSampler(scoped ref Keccak source, double sigmaMinimum, Span<byte> workspace)
    {
        _random = new FalconRandom(ref source, workspace);
        _sigmaMinimum = T.FromConstant(sigmaMinimum);
    }

    /// <summary>Table 3.1, the reverse cumulative distribution of a half Gaussian, times 2^72: the high limbs.</summary>
    private static ReadOnlySpan<ulong> DistributionHigh =>
    [
        0xA3F7F42ED, 0x54D32B181, 0x227DCDD09, 0x0AD175437, 0x0295846CA, 0x00774AC75, 0x001024DD5, 0x0001A1FFD, 0x00001F80D,
        0x000001C3F, 0x00000012C, 0x000000009, 0x000000000, 0x000000000, 0x000000000, 0x000000000, 0x000000000, 0x000000000,
    ];

    private static ReadOnlySpan<ulong> DistributionLow =>
    [
        0x3AC391802, 0xF3F7DDB82, 0x34829C1FF, 0x7C7994AE4, 0xEF33F1F6F, 0x4ED74BD5F, 0x42B776AE4, 0xC65AD63DA, 0x88A7B6428,
        0xDB2040C69, 0xF24D031FB, 0x49F8B091F, 0x3665DA998, 0x00EBF6EBB, 0x0002F5D7E, 0x000007098, 0x0000000C6, 0x000000001,
    ];

    /// <summary>The coefficients of algorithm 13, a polynomial close to exp(-x) on [0, ln 2], times 2^63.</summary>
    private static ReadOnlySpan<ulong> ExponentialCoefficients =>
    [
        0x00000004741183A3, 0x00000036548CFC06, 0x0000024FDCBF140A, 0x0000171D939DE045, 0x0000D00CF58F6F84, 0x000680681CF796E3,
        0x002D82D8305B0FEA, 0x011111110E066FD0, 0x0555555555070F00, 0x155555555581FF00, 0x400000000002B400, 0x7FFFFFFFFFFF4800,
        0x8000000000000000,
    ];

    /// <summary>Algorithm 15, SamplerZ.</summary>
    public long Sample(T mu, T inverseSigma)
    {
        long s = T.Floor(mu);
        T r = mu - T.FromInteger(s);
        T dss = T.Half(inverseSigma * inverseSigma);
        T ccs = inverseSigma * _sigmaMinimum;
        while (true)
        {
            long z0 = BaseSample();
            long b = _random.NextByte() & 1;
            long z = b + (((b << 1) - 1) * z0);
            T distance = T.FromInteger(z) - r;
            T x = (distance * distance * dss) - (T.FromInteger(z0 * z0) * T.FromConstant(InverseTwiceSquaredSigma0));
            if (BernoulliExponential(x, ccs))
                return s + z;
        }
    }

    /// <summary>Algorithm 12, BaseSampler: how many entries of the table are above 72 random bits.</summary>
    private long BaseSample()
    {
        ulong low = _random.NextUInt64();
        ulong high = _random.NextByte();
        high = (high << (64 - LimbBits)) | (low >> LimbBits);
        low &= (1UL << LimbBits) - 1;
        ReadOnlySpan<ulong> tableHigh = DistributionHigh;
        ReadOnlySpan<ulong> tableLow = DistributionLow;
        ulong count = 0;
        for (int i = 0; i < tableHigh.Length; i++)
            count += (high - tableHigh[i] - ((low - tableLow[i]) >> 63)) >> 63;
        return (long)count;
    }

    /// <summary>Algorithm 14, BerExp: true with probability ccs · exp(-x).</summary>
    private bool BernoulliExponential(T x, T ccs)
    {
        long s = T.Truncate(x * T.FromConstant(InverseLog2));
        T r = x - (T.FromInteger(s) * T.FromConstant(Log2));
        // From 2^-63 on the probability is nothing.
        s ^= (s ^ 63) & ((63 - s) >> 63);
        ulong z = ((ApproximateExponential(r, ccs) << 1) - 1) >> (int)s;
        int shift = 64;
        int difference;
        do
        {
            shift -= 8;
            difference = _random.NextByte() - (int)((z >> shift) & 0xFF);
        }
        while (shift > 0 && Declassified.Value(difference == 0)); // item 1 of FalconSigner, as the next

        return Declassified.Value(difference < 0);
    }

    /// <summary>Algorithm 13, ApproxExp: 2^63 ccs exp(-x).</summary>
    private static ulong ApproximateExponential(T x, T ccs)
    {
        ulong z = (ulong)T.Truncate(x * T.FromConstant(TwoTo63)) << 1;
        ReadOnlySpan<ulong> coefficients = ExponentialCoefficients;
        ulong y = coefficients[0];
        for (int i = 1; i < coefficients.Length; i++)
            y = coefficients[i] - Math.BigMul(z, y, out _);
        return Math.BigMul((ulong)T.Truncate(ccs * T.FromConstant(TwoTo63)) << 1, y, out _);
    }
}

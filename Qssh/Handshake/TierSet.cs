using System.Numerics;

namespace Qssh.Handshake;

/// <summary>Tiers of an offer. The zero value is empty.</summary>
internal readonly record struct TierSet
{
    private readonly byte _bits;

    private TierSet(int bits) => _bits = (byte)bits;

    public bool IsEmpty => _bits == 0;

    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The tiers from one to the other, both included. T0 is never in a set.</summary>
    public static TierSet Between(Tier lowest, Tier highest)
    {
        TierSet set = default;
        for (Tier tier = lowest; tier <= highest; tier++)
            set = set.With(tier);
        return set;
    }

    /// <summary>From the bytes of a hello, which the decoder has checked to be 1 to 5 and rising.</summary>
    public static TierSet Read(ReadOnlySpan<byte> list)
    {
        TierSet set = default;
        foreach (byte value in list)
            set = set.With((Tier)value);
        return set;
    }

    public TierSet With(Tier tier)
    {
        if (tier is < Tier.PostQuantum or > Tier.HybridQuantum)
            throw new ArgumentOutOfRangeException(nameof(tier), tier == Tier.Classical ? Tiers.ClassicalReason : null);
        return new TierSet(_bits | (1 << (int)tier));
    }

    public bool Contains(Tier tier) => (_bits >> (int)tier & 1) != 0;

    public TierSet Intersect(TierSet other) => new(_bits & other._bits);

    /// <summary>Rising, as on the wire.</summary>
    public int Write(Span<byte> list)
    {
        int count = 0;
        for (Tier tier = Tier.PostQuantum; tier <= Tier.HybridQuantum; tier++)
        {
            if (Contains(tier))
                list[count++] = (byte)tier;
        }

        return count;
    }
}

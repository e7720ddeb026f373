namespace Qssh.Handshake;

/// <summary>Names and rules of the tiers.</summary>
internal static class Tiers
{
    public const string ClassicalReason =
        "T0 (classical cryptography only) is not spoken: recorded traffic could be opened by a later quantum computer; the lowest tier is T1";

    private static readonly string[] s_names = ["classical", "post-quantum", "hardened", "entropy-enhanced", "quantum-secured", "hybrid-quantum"];

    /// <summary>Short name, as in options and <c>-v</c>.</summary>
    public static string ShortName(Tier tier) => $"T{(byte)tier}";

    public static string LongName(Tier tier) => s_names[(byte)tier];

    /// <summary>Takes "T2", "t2", "2" and "hardened". T0 is parsed, so that the caller can say <see cref="ClassicalReason"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Tier tier)
    {
        ReadOnlySpan<char> digit = text.Length == 2 && text[0] is 'T' or 't' ? text[1..] : text;
        for (int i = 0; i < s_names.Length; i++)
        {
            if ((digit.Length == 1 && digit[0] == '0' + i) || text.Equals(s_names[i], StringComparison.OrdinalIgnoreCase))
            {
                tier = (Tier)i;
                return true;
            }
        }

        tier = default;
        return false;
    }

    /// <summary>T4 and T5 mix in a QKD key.</summary>
    public static bool NeedsQkd(Tier tier) => tier >= Tier.QuantumSecured;

    /// <summary>T5 takes dual host keys only.</summary>
    public static bool NeedsDualKeys(Tier tier) => tier == Tier.HybridQuantum;

    /// <summary>An error rate of this many 1/10000 or more, own or stated, closes (section 11).</summary>
    public static int QberLimit(Tier tier) => tier switch
    {
        Tier.QuantumSecured => 1100,
        Tier.HybridQuantum => 500,
        _ => throw new ArgumentOutOfRangeException(nameof(tier)),
    };
}

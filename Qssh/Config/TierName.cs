namespace Qssh.Config;

/// <summary>Security tiers by name or number. Tier 0 is known so that it can be refused with its reason.</summary>
internal static class TierName
{
    public const int Lowest = 1, Highest = 5, Hardened = 2;

    /// <summary>The highest tier whose sources this build has.</summary>
    public const int HighestAvailable = Hardened;

    private static readonly string[] s_names = ["classical", "post-quantum", "hardened", "entropy-enhanced", "quantum-secured", "hybrid-quantum"];

    public static int Parse(string text)
    {
        int tier = Find(text);
        if (tier == 0)
            throw new ConfigValueException("tier T0 is classical-only cryptography, which does not exist here: use T1 or higher.");
        return tier > 0 ? tier : throw new ConfigValueException($"unknown tier \"{text}\": T1 to T5.");
    }

    /// <summary>Also <c>auto</c>: the highest tier that can be had here. A minimum takes no such word, as it must not move by itself.</summary>
    public static int ParseOrAuto(string text) => text.Equals("auto", StringComparison.OrdinalIgnoreCase) ? HighestAvailable : Parse(text);

    public static string Of(int tier) => $"T{tier}";

    public static string Describe(int tier) => s_names[tier];

    private static int Find(string text)
    {
        ReadOnlySpan<char> number = text.StartsWith('T') || text.StartsWith('t') ? text.AsSpan(1) : text;
        if (number.Length == 1 && number[0] is >= '0' and <= '5')
            return number[0] - '0';
        return Array.FindIndex(s_names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
    }
}

namespace Qssh.Config;

/// <summary>
/// IPQoS: the byte of type of service or traffic class (RFC 2474) for sessions with a terminal and for all others; null leaves the
/// system's.
/// </summary>
internal readonly record struct TrafficClasses(int? Interactive, int? Bulk)
{
    private static readonly (string Name, int Value)[] s_names =
    [
        ("af11", 0x28), ("af12", 0x30), ("af13", 0x38), ("af21", 0x48), ("af22", 0x50), ("af23", 0x58),
        ("af31", 0x68), ("af32", 0x70), ("af33", 0x78), ("af41", 0x88), ("af42", 0x90), ("af43", 0x98),
        ("cs0", 0x00), ("cs1", 0x20), ("cs2", 0x40), ("cs3", 0x60), ("cs4", 0x80), ("cs5", 0xA0), ("cs6", 0xC0), ("cs7", 0xE0),
        ("ef", 0xB8), ("le", 0x04), ("va", 0xB0), ("lowdelay", 0x10), ("throughput", 0x08), ("reliability", 0x04),
    ];

    /// <summary>One class for both, or the one for terminals and the other.</summary>
    public static TrafficClasses Parse(ConfigArguments a)
    {
        string[] words = [.. a.Many()];
        return words.Length switch
        {
            1 => new TrafficClasses(ParseClass(words[0]), ParseClass(words[0])),
            2 => new TrafficClasses(ParseClass(words[0]), ParseClass(words[1])),
            _ => throw new ConfigValueException("one or two classes are expected."),
        };
    }

    public override string ToString() => $"{Show(Interactive)} {Show(Bulk)}";

    private static int? ParseClass(string text)
    {
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        foreach ((string name, int value) in s_names)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        bool hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = byte.TryParse(
            hexadecimal ? text[2..] : text,
            hexadecimal ? System.Globalization.NumberStyles.AllowHexSpecifier : System.Globalization.NumberStyles.None, null, out byte number);
        return isNumber ? number : throw new ConfigValueException($"unknown class \"{text}\".");
    }

    private static string Show(int? value)
    {
        if (value is not { } number)
            return "none";
        foreach ((string name, int known) in s_names)
        {
            if (known == number)
                return name;
        }

        return $"0x{number:x2}";
    }
}

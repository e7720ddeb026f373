namespace Qssh.Config;

/// <summary>Values as OpenSSH's <c>-G</c> and <c>-T</c> write them.</summary>
internal static class Show
{
    public static string[] Flag(bool value) => [value ? "yes" : "no"];

    public static string[] Text(string value) => value.Length > 0 ? [value] : [];

    public static string[] TextOrNone(string value) => [value.Length > 0 ? value : "none"];

    public static string[] WordsOrNone(IReadOnlyList<string> values) => [values.Count > 0 ? string.Join(' ', values) : "none"];

    public static string[] Name(string names, int value) => [NamedValues.NameOf(names, value)];

    public static string[] Number(long value) => [value.ToString()];

    public static string[] Time(TimeSpan? value) => [value is { } time ? ((long)time.TotalSeconds).ToString() : "none"];

    public static string[] Words(IReadOnlyList<string> values) => values.Count > 0 ? [string.Join(' ', values)] : [];

    public static string[] Commas(IReadOnlyList<string> values) => values.Count > 0 ? [string.Join(',', values)] : [];

    public static List<string> All(IReadOnlyList<ListenAddress> addresses)
    {
        List<string> lines = [];
        foreach (ListenAddress address in addresses)
            lines.Add(address.ToString());
        return lines;
    }

    public static List<string> Pairs(IEnumerable<KeyValuePair<string, string>> values, char between)
    {
        List<string> lines = [];
        foreach (KeyValuePair<string, string> pair in values)
            lines.Add(pair.Key + between + pair.Value);
        return lines;
    }

    public static string Log(LogVerbosity value) => NamedValues.NameOf(ConfigParse.LogLevels, (int)value).ToUpperInvariant();
}

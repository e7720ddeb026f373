using System.Globalization;

namespace Qssh.Config;

/// <summary>Times (<c>30</c>, <c>5m</c>, <c>1h30m</c>) and sizes (<c>64K</c>, <c>1G</c>).</summary>
internal static class ConfigUnits
{
    /// <summary>A year: longer times are mistakes, and every timer can hold it.</summary>
    private const long MaxSeconds = 366L * 86400;

    public static TimeSpan Time(string text)
    {
        long total = 0;
        ReadOnlySpan<char> rest = text;
        if (rest.IsEmpty)
            throw Invalid(text);

        while (!rest.IsEmpty)
        {
            int digits = DigitCount(rest);
            if (digits is 0 or > 9)
                throw Invalid(text);
            long amount = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            long unit = rest.IsEmpty ? 1 : SecondsOf(rest[0], text);
            rest = rest.IsEmpty ? rest : rest[1..];
            total += amount * unit;
            if (total > MaxSeconds)
                throw new ConfigValueException($"time \"{text}\" is longer than a year.");
        }

        return TimeSpan.FromSeconds(total);
    }

    /// <summary>Bytes with an optional K, M or G.</summary>
    public static long Size(string text)
    {
        ReadOnlySpan<char> rest = text;
        int digits = DigitCount(rest);
        if (digits is 0 or > 15 || rest.Length - digits > 1)
            throw new ConfigValueException($"bad size \"{text}\".");
        long amount = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        int shift = rest.Length == digits ? 0 : char.ToUpperInvariant(rest[digits]) switch
        {
            'K' => 10,
            'M' => 20,
            'G' => 30,
            _ => throw new ConfigValueException($"bad size \"{text}\"."),
        };
        return amount <= long.MaxValue >> shift ? amount << shift : throw new ConfigValueException($"size \"{text}\" is too large.");
    }

    private static int DigitCount(ReadOnlySpan<char> text)
    {
        int other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }

    private static long SecondsOf(char unit, string text) => char.ToLowerInvariant(unit) switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        'w' => 7 * 86400,
        _ => throw Invalid(text),
    };

    private static ConfigValueException Invalid(string text) => new($"invalid time value \"{text}\".");
}

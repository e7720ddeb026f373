using System.Globalization;

namespace Qssh.Identity;

/// <summary>A point in time as files of keys write it: <c>YYYYMMDD[HHMM[SS]][Z]</c>, local time without the <c>Z</c>.</summary>
internal static class KeyTime
{
    public const string Syntax = "YYYYMMDD[HHMM[SS]][Z]";

    /// <summary>Null: another spelling, or no such day or time.</summary>
    public static DateTimeOffset? TryParse(string value)
    {
        bool utc = value.EndsWith('Z');
        string digits = utc ? value[..^1] : value;
        string? format = digits.Length switch
        {
            8 => "yyyyMMdd",
            12 => "yyyyMMddHHmm",
            14 => "yyyyMMddHHmmss",
            _ => null,
        };
        DateTimeStyles style = utc ? DateTimeStyles.AssumeUniversal : DateTimeStyles.AssumeLocal;
        return format is not null && DateTimeOffset.TryParseExact(digits, format, CultureInfo.InvariantCulture, style, out DateTimeOffset time)
            ? time
            : null;
    }

    /// <summary>For a message: local time, to the second.</summary>
    public static string Show(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

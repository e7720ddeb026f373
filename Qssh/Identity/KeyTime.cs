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
        ReadOnlySpan<char> digits = utc ? value.AsSpan(0, value.Length - 1) : value;
        if (digits.Length is not (8 or 12 or 14) || digits.ContainsAnyExceptInRange('0', '9'))
            return null;
        int year = Number(digits, 0, 4), month = Number(digits, 4, 2), day = Number(digits, 6, 2);
        int hour = Number(digits, 8, 2), minute = Number(digits, 10, 2), second = Number(digits, 12, 2);
        // The first and the last year of the calendar would leave it in other zones.
        if (year is < 2 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return null;
        return new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, utc ? DateTimeKind.Utc : DateTimeKind.Local));
    }

    /// <summary>What is not there is 0. The runtime's own parser of times is larger than all that uses it.</summary>
    private static int Number(ReadOnlySpan<char> digits, int start, int length)
    {
        int number = 0;
        for (int i = start; i < Math.Min(start + length, digits.Length); i++)
            number = number * 10 + digits[i] - '0';
        return number;
    }

    /// <summary>For a message: local time, to the second.</summary>
    public static string Show(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

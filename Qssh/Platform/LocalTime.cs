using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>A time as people here read it. The C library knows the zone; the framework's tables of zones would cost more than our program.</summary>
internal static unsafe class LocalTime
{
    /// <param name="time">Seconds since 1970.</param>
    /// <returns>False: no calendar has it. Months count from 1.</returns>
    public static bool TryBreakDown(long time, out (int Year, int Month, int Day, int Hour, int Minute) parts)
    {
        Libc.BrokenDownTime buffer;
        bool known = Libc.LocalTime(&time, &buffer) != null;
        parts = known ? (buffer.YearsSince1900 + 1900, buffer.Month + 1, buffer.Day, buffer.Hour, buffer.Minute) : default;
        return known;
    }
}

using System.Globalization;

namespace Qssh.Json;

/// <summary>A number that was measured as text, with a given number of digits behind the point. The runtime's own way to write doubles is large.</summary>
internal static class FixedPoint
{
    /// <summary>Nothing that is measured is larger; with six digits behind the point it still fits.</summary>
    private const double Largest = 1e12;

    /// <param name="digits">At most 6.</param>
    public static string Text(double value, int digits)
    {
        if (double.IsNaN(value))
            return "0";
        long scale = 1;
        for (int i = 0; i < digits; i++)
            scale *= 10;
        long scaled = (long)Math.Round(Math.Clamp(value, -Largest, Largest) * scale);
        string sign = scaled < 0 ? "-" : "";
        scaled = Math.Abs(scaled);
        string whole = (scaled / scale).ToString(CultureInfo.InvariantCulture);
        if (digits == 0)
            return sign + whole;
        return $"{sign}{whole}.{(scaled % scale).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}";
    }
}

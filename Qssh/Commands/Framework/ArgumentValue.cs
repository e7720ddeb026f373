using System.Globalization;

namespace Qssh.Commands.Framework;

/// <summary>Option values that are not just text.</summary>
internal static class ArgumentValue
{
    /// <summary>A whole number in decimal digits only: no sign, space or leading plus slips through.</summary>
    public static int Integer(string option, string value, int min, int max)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            return number;

        string range = max == int.MaxValue ? $"of at least {min}" : $"from {min} to {max}";
        throw new UsageException($"{option} takes a number {range}, not '{Printable.Escape(value)}'");
    }
}

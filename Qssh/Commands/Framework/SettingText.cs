namespace Qssh.Commands.Framework;

/// <summary>Writes a keyword and its value so that the configuration parser reads the same value back.</summary>
internal static class SettingText
{
    /// <summary>Quotes a value that holds what the parser would split at or strip; inside quotes a backslash escapes a quote and itself.</summary>
    public static string Format(string keyword, string value)
    {
        if (value.Length > 0 && value.AsSpan().IndexOfAny(" \t\"\\#'=") < 0)
            return $"{keyword}={value}";

        return $"{keyword}=\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }
}

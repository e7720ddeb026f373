using System.Text;

namespace Qssh.Config;

/// <summary>Expands <c>%x</c> in values of configuration. Nothing that the network or the command line's user name supplies is expanded again.</summary>
internal static class ConfigTokens
{
    /// <param name="allowed">Letters that may stand after the sign, with their values; <c>%%</c> is always one sign.</param>
    public static string Expand(string text, params ReadOnlySpan<(char Letter, string Value)> allowed)
    {
        int sign = text.IndexOf('%');
        if (sign < 0)
            return text;

        StringBuilder result = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
                result.Append(text[i]);
            else if (++i == text.Length)
                throw new ConfigValueException($"\"{text}\" ends in %.");
            else
                result.Append(Value(text[i], allowed, text));
        }

        return result.ToString();
    }

    /// <summary><c>~</c> and <c>~/…</c>; other users' homes are not looked up.</summary>
    public static string Tilde(string path, string home)
    {
        if (path == "~")
            return home;
        return path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..].TrimStart('/')) : path;
    }

    private static string Value(char letter, ReadOnlySpan<(char Letter, string Value)> allowed, string text)
    {
        if (letter == '%')
            return "%";
        foreach ((char candidate, string value) in allowed)
        {
            if (candidate == letter)
                return value;
        }

        throw new ConfigValueException($"unknown key %{letter} in \"{text}\".");
    }
}

using System.Text;

namespace Qssh.Config;

/// <summary>
/// Expands <c>%x</c> and, where asked for, <c>${NAME}</c> in values of configuration, in one pass: nothing that a token or a variable
/// stands for is expanded again.
/// </summary>
internal static class ConfigTokens
{
    /// <summary>Letters that stand for the same everywhere; see <see cref="ClientConfig.Token"/>.</summary>
    public const string Common = "CdhijkLlnpru";

    /// <param name="token">What a letter stands for; null: it is unknown here. <c>%%</c> is always one sign.</param>
    /// <param name="variable">What the name of a variable stands for; null: none. Without it <c>$</c> is a character like others.</param>
    public static string Expand(string text, Func<char, string?> token, Func<string, string?>? variable = null)
    {
        if (!text.Contains('%') && (variable is null || !text.Contains('$')))
            return text;

        StringBuilder result = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (variable is not null && text.AsSpan(i).StartsWith("${"))
                result.Append(Variable(text, ref i, variable));
            else if (text[i] != '%')
                result.Append(text[i]);
            else if (++i == text.Length)
                throw new ConfigValueException($"\"{text}\" ends in %.");
            else
                result.Append(text[i] == '%' ? "%" : token(text[i]) ?? throw new ConfigValueException($"unknown key %{text[i]} in \"{text}\"."));
        }

        return result.ToString();
    }

    /// <summary>Checks the form where the line is known, long before there are values.</summary>
    /// <returns>The text as it is.</returns>
    public static string Check(string text, string letters = Common, bool variables = true)
    {
        Expand(text, letter => letters.Contains(letter) ? "" : null, variables ? static _ => "" : null);
        return text;
    }

    /// <summary><c>~</c> and <c>~/…</c>; other users' homes are not looked up.</summary>
    public static string Tilde(string path, string home)
    {
        if (path == "~")
            return home;
        return path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..].TrimStart('/')) : path;
    }

    private static string Variable(string text, ref int position, Func<string, string?> variable)
    {
        int end = text.IndexOf('}', position);
        if (end < position + 3)
            throw new ConfigValueException($"bad environment variable in \"{text}\".");
        string name = text[(position + 2)..end];
        position = end;
        return variable(name) ?? throw new ConfigValueException($"environment variable {name} of \"{text}\" has no value.");
    }
}

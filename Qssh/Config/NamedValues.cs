namespace Qssh.Config;

/// <summary>
/// Words that stand for numbers, as one text: <c>name=number name=number</c>. Of several names of one number the first is shown. A text is
/// smaller in the executable than a table for each enumeration.
/// </summary>
internal static class NamedValues
{
    /// <returns>-1: no such name, in any case.</returns>
    public static int Find(string names, string word)
    {
        foreach (string pair in names.Split(' '))
        {
            int equals = pair.IndexOf('=');
            if (pair.AsSpan(0, equals).Equals(word, StringComparison.OrdinalIgnoreCase))
                return int.Parse(pair.AsSpan(equals + 1));
        }

        return -1;
    }

    public static string NameOf(string names, int value)
    {
        foreach (string pair in names.Split(' '))
        {
            int equals = pair.IndexOf('=');
            if (int.Parse(pair.AsSpan(equals + 1)) == value)
                return pair[..equals];
        }

        return "";
    }
}

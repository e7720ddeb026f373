using System.Text;

namespace Qssh.Tests.Commands;

/// <summary>Splits a line as sh does, quotes only: argv tables stay readable.</summary>
internal static class ShellWords
{
    public static string[] Split(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '\'' or '"' && quote == '\0')
                (quote, word) = (c, word ?? new StringBuilder());
            else if (quote == '\0' && c == ' ')
            {
                if (word != null)
                    words.Add(word.ToString());
                word = null;
            }
            else
                (word ??= new StringBuilder()).Append(c);
        }

        if (word != null)
            words.Add(word.ToString());
        return [.. words];
    }
}

using Qssh.Errors;

namespace Qssh.Files.Prompt;

/// <summary>One command with its letters and operands.</summary>
internal sealed class CommandLine
{
    private string _letters = "";

    /// <param name="letters">Those that the command knows.</param>
    /// <exception cref="FailureException">An unknown letter, or too few or too many operands.</exception>
    public CommandLine(List<string> words, string letters, int least, int most)
    {
        Name = words[0];
        int next = 1;
        for (; next < words.Count && words[next].Length > 1 && words[next][0] == '-'; next++)
        {
            if (words[next] == "--")
            {
                next++;
                break;
            }

            foreach (char letter in words[next].AsSpan(1))
            {
                if (!letters.Contains(letter))
                    throw new FailureException($"{Name}: Invalid flag -{letter}", 1);
                _letters += letter;
            }
        }

        Operands = words[next..];
        if (Operands.Count < least)
            throw new FailureException(most == 2 && least == 1 ? $"You must specify at least one path after a {Name} command." : least == 1 ? $"You must specify a path after a {Name} command." : $"You must specify two paths after a {Name} command.", 1);
        if (Operands.Count > most)
            throw new FailureException($"{Name}: too many operands", 1);
    }

    public string Name { get; }

    /// <summary>As patterns.</summary>
    public List<string> Operands { get; }

    public bool Has(char letter) => _letters.Contains(letter);

    public string? Pattern(int index) => index < Operands.Count ? Operands[index] : null;

    /// <summary>The operand as plain text.</summary>
    public string? Plain(int index) => index < Operands.Count ? GlobPattern.Unescape(Operands[index]) : null;
}

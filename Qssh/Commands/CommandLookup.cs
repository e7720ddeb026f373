using Qssh.Commands.Framework;
using Qssh.Errors;

namespace Qssh.Commands;

/// <summary>Finds a command by what people call it: first word, program, page name or OpenSSH's name.</summary>
internal static class CommandLookup
{
    public static Command Require(string name) =>
        Find(name) ?? throw new FailureException($"there is no command '{Printable.Escape(name)}'; 'qssh help' lists them", 1);

    private static Command? Find(string name)
    {
        for (int i = 0; CommandTable.Page(i) is { } page; i++)
        {
            string word = CommandTable.PageWord(i)!;
            if (name == word || name.AsSpan().SequenceEqual(page.AsSpan(0, page.LastIndexOf('.'))))
                return CommandTable.ForWord(word);
        }

        return CommandTable.ForProgram(name);
    }
}

using Qssh.Commands.Framework;
using Qssh.Tests.Commands;
using Qssh.Tests.Support;

namespace Qssh.Tests.Docs;

/// <summary>What the README tells people to type is understood.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Commands()
    {
        TheoryData<string> commands = [];
        string[] lines = Markdown.Lines("README.md");
        foreach (string line in Markdown.Code(lines).Concat(lines.Where(line => line.StartsWith("    ", StringComparison.Ordinal))))
        {
            foreach (string command in line.Split('#')[0].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                commands.Add(command);
        }

        return commands;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_exists(string line)
    {
        string[] words = ShellWords.Split(line);
        if (words[0].StartsWith("scripts/", StringComparison.Ordinal))
            Assert.True((File.GetUnixFileMode(Path.Combine(Repository.Root, words[0])) & UnixFileMode.UserExecute) != 0, line);
        else if (Path.GetFileName(words[0]) == "qssh")
            Assert.Equal(ParseOutcome.Run, Parse([.. words.Skip(1).TakeWhile(word => word is not ("|" or ">" or ">>"))]));
        else
            Assert.Contains(words[0], (string[])["cat", "git"]);
    }

    private static ParseOutcome Parse(string[] arguments)
    {
        ReadOnlySpan<string> rest = arguments;
        Command command = Dispatcher.Select("qssh", ref rest);
        return new ArgumentParser(command, rest).Parse();
    }
}

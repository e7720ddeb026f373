using System.Text;
using Qssh.Commands;
using Qssh.Commands.Framework;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary>Help as users see it: one command's in full, and rules for all.</summary>
public sealed class HelpTests
{
    [Fact]
    public void Install() =>
        Assert.Equal(
            """
            qssh install - make links for all programs

            usage: qssh install [options] directory

              directory               where the links go; made if it is not there

              --relative              make relative links, for a tree that will be moved
              --remove                remove the links, those with OpenSSH's names too
              --ssh-names             also make ssh, sshd and the other names of OpenSSH
              --help                  show this text
              -V, --version           show the version

            """,
            Encoding.ASCII.GetString(new InstallCommand().Help));

    [Fact]
    public void Usage_is_one_line_and_a_pointer() =>
        Assert.Equal("usage: qssh [options] destination [command ...]\nmore: qssh --help\n", Encoding.ASCII.GetString(new ClientCommand().Usage));

    [Fact]
    public void All_help_fits_a_terminal()
    {
        for (int i = 0; CommandTable.PageWord(i) is { } word; i++)
        {
            string help = Encoding.ASCII.GetString(CommandTable.ForWord(word)!.Help);
            Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 79 && line == line.TrimEnd(), line));
            Assert.EndsWith("\n", help);
        }
    }

    [Fact]
    public void The_overview_lists_every_command()
    {
        string overview = Encoding.ASCII.GetString(CommandTable.Overview);
        for (int i = 0; CommandTable.PageWord(i) is { } word; i++)
            Assert.Contains(word.Length == 0 ? "  qssh  " : $"  qssh {word} ", overview);
    }
}

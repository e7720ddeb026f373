using Qssh.Commands;
using Qssh.Commands.Framework;
using Xunit;

namespace Qssh.Tests.Commands;

public sealed class DispatcherTests
{
    [Theory]
    [InlineData("qssh", "server -t", typeof(ServerCommand), "-t")]
    [InlineData("qssh", "install d", typeof(InstallCommand), "d")]
    [InlineData("qssh", "h", typeof(ClientCommand), "h")]
    [InlineData("qssh", "", typeof(ClientCommand), "")]
    [InlineData("qssh", "''", typeof(ClientCommand), "''")]
    [InlineData("qssh", "u@server", typeof(ClientCommand), "u@server")]
    [InlineData("qssh", "-- server", typeof(ClientCommand), "-- server")]
    [InlineData("qssh", "-v server", typeof(ClientCommand), "-v server")]
    [InlineData("qssh-0.1", "server", typeof(ServerCommand), "")]
    [InlineData("ssh", "server", typeof(ClientCommand), "server")]
    [InlineData("qsshd", "server", typeof(ServerCommand), "server")]
    [InlineData("sshd", "-D", typeof(ServerCommand), "-D")]
    public void The_file_name_decides_before_the_first_word(string name, string line, Type command, string rest)
    {
        ReadOnlySpan<string> arguments = ShellWords.Split(line);
        Assert.IsType(command, Dispatcher.Select(name, ref arguments));
        Assert.Equal(ShellWords.Split(rest), arguments.ToArray());
    }

    [Fact]
    public void Every_listed_name_selects_a_command()
    {
        for (int i = 0; CommandTable.Program(i) is { } program; i++)
            Assert.True(program == "qssh" || CommandTable.ForProgram(program) != null, program);
        for (int i = 0; CommandTable.SshName(i) is { } name; i++)
            Assert.NotNull(CommandTable.ForProgram(name));
        for (int i = 0; CommandTable.Page(i) is { } page; i++)
            Assert.StartsWith(".TH ", System.Text.Encoding.ASCII.GetString(CommandLookup.Require(page[..page.LastIndexOf('.')]).ManPage));
    }

    [Fact]
    public void Usage_errors_of_the_client_exit_255_and_of_others_1()
    {
        Assert.Equal(255, new ClientCommand().UsageExitCode);
        Assert.Equal(1, new ServerCommand().UsageExitCode);
        Assert.Equal(1, new InstallCommand().UsageExitCode);
    }
}

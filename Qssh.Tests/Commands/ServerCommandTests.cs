using Qssh.Commands;
using Qssh.Commands.Framework;
using Xunit;

namespace Qssh.Tests.Commands;

public sealed class ServerCommandTests
{
    [Fact]
    public void Options_that_repeat_add_up_in_order()
    {
        ServerCommand server = CommandLines.Parse(
            new ServerCommand(), "-De", "-p", "1", "-p2", "-h", "k1", "-hk2", "-l", "[::1]:3", "--listen=a", "-o", "MaxSessions 2", "--pid-file", "/p", "-v");
        Assert.Equal(
            ["LogLevel=DEBUG1", "PidFile=/p", "Port=1", "Port=2", "HostKey=k1", "HostKey=k2", "ListenAddress=[::1]:3", "ListenAddress=a", "MaxSessions 2"],
            server.Settings);
        Assert.True(server.Foreground && server.LogToError && !server.Daemon && !server.Inetd);
    }

    [Fact]
    public void Modes_and_files()
    {
        ServerCommand server = CommandLines.Parse(new ServerCommand(), "-tT", "-f", "c", "-E", "l", "-C", "user=a", "--generate-keys", "-i");
        Assert.True(server.TestOnly && server.PrintConfiguration && server.GenerateKeys && server.Inetd);
        Assert.Equal(("c", "l", "user=a"), (server.ConfigFile, server.LogFile, server.TestConnection));
        Assert.True(CommandLines.Parse(new ServerCommand(), "--daemon").Daemon);
    }

    [Theory]
    [InlineData("-dD", "-d goes to the background; -D and -i stay: they cannot be used together")]
    [InlineData("-D x", "unexpected operand 'x'")]
    [InlineData("-D --generate-keys=1", "--generate-keys takes no value")]
    [InlineData("-j", "unknown option -j")]
    public void Usage_errors(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => CommandLines.Parse(new ServerCommand(), ShellWords.Split(line))).Message);
}

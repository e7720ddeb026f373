using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>SRV-12: what a session finds in its environment, and what never gets there.</summary>
[Collection(EndToEndTests.Name)]
public sealed class EnvironmentTests(SharedServer server)
{
    [BinaryFact]
    public void The_account_and_the_connection_are_named()
    {
        Dictionary<string, string> found = Read(server.Client().Run("env").Text);
        Assert.Equal(Environment.UserName, found["USER"]);
        Assert.Equal(Environment.UserName, found["LOGNAME"]);
        Assert.Equal("/var/mail/" + Environment.UserName, found["MAIL"]);
        Assert.Equal(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), found["HOME"]);
        Assert.StartsWith("/", found["SHELL"]);
        Assert.Contains("/usr/bin", found["PATH"]);
        Assert.Matches("^127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 " + server.Process.Port + "$", found["SSH_CONNECTION"]);
        Assert.Matches("^127\\.0\\.0\\.1 \\d+ " + server.Process.Port + "$", found["SSH_CLIENT"]);
        Assert.Equal(found["SSH_CONNECTION"], found["QSSH_CONNECTION"]);
        Assert.Equal(found["SSH_CLIENT"], found["QSSH_CLIENT"]);
        Assert.Equal("T2", found["QSSH_TIER"]);
        Assert.DoesNotContain("SSH_TTY", found.Keys);
        Assert.DoesNotContain("SSH_ORIGINAL_COMMAND", found.Keys);
        Assert.DoesNotContain("TERM", found.Keys);
    }

    [BinaryFact]
    public void A_terminal_is_named()
    {
        string[] lines = server.Client("-tt", "-o", "SetEnv=TERM=vt220").Run("tty; echo $SSH_TTY; echo $QSSH_TTY; echo $TERM").Text.Split("\r\n");
        Assert.StartsWith("/dev/pts/", lines[0]);
        Assert.Equal([lines[0], lines[0], "vt220"], lines[1..4]);
    }

    [BinaryTheory]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("LD_AUDIT")]
    [InlineData("GCONV_PATH")]
    [InlineData("BASH_ENV")]
    [InlineData("ENV")]
    [InlineData("BASH_FUNC_ls%%")]
    [InlineData("SHELLOPTS")]
    [InlineData("PS4")]
    [InlineData("IFS")]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("PERL5LIB")]
    [InlineData("PYTHONPATH")]
    public void Variables_of_loaders_and_shells_are_never_taken(string name)
    {
        using ServerProcess open = ServerProcess.Start(server.Home, "-o", "AcceptEnv=*");
        ClientRun client = new(server.Home, open.Port) { Options = ["-o", $"SetEnv={name}=/evil/place OTHER=fine"] };
        ProgramRun run = client.Run("env");
        Assert.Contains("OTHER=fine\n", run.Text);
        Assert.DoesNotContain("/evil/place", run.Text);
    }

    [BinaryFact]
    public void What_nobody_accepts_does_not_arrive() =>
        Assert.Equal("a b1\n", server.Client("-o", "SetEnv=NOT_ACCEPTED=1 LC_ACCEPTED=1").Run("echo a$NOT_ACCEPTED b$LC_ACCEPTED").Text);

    [BinaryFact]
    public void A_forced_command_knows_what_was_asked_for()
    {
        using ServerProcess forced = ServerProcess.Start(server.Home, "-o", "ForceCommand=echo \"$SSH_ORIGINAL_COMMAND|$QSSH_ORIGINAL_COMMAND\"");
        ClientRun client = new(server.Home, forced.Port);
        Assert.Equal("git-upload-pack 'a b'|git-upload-pack 'a b'\n", client.Run("git-upload-pack 'a b'").Text);
        Assert.Equal("|\n", client.Run().Text);
    }

    private static Dictionary<string, string> Read(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line.Contains('=')).ToDictionary(line => line.Split('=')[0], line => line[(line.IndexOf('=') + 1)..]);
}

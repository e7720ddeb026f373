using System.Text;
using Qssh.Client;
using Qssh.Commands;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Tests.Commands;

namespace Qssh.Tests.Client;

/// <summary>Which session a command line asks for, with and without a terminal on standard input.</summary>
public sealed class RemotePlanTests
{
    [Theory]
    [InlineData("host", "Shell tty escape", "Shell warned")]
    [InlineData("-T host", "Shell", "Shell")]
    [InlineData("-tt host", "Shell tty escape", "Shell tty escape")]
    [InlineData("-n host", "Shell warned null", "Shell warned null")]
    [InlineData("-e none host", "Shell tty", "Shell warned")]
    [InlineData("host ls -l", "Command:ls -l", "Command:ls -l")]
    [InlineData("-t host ls", "Command:ls tty escape", "Command:ls warned")]
    [InlineData("-tt host ls", "Command:ls tty escape", "Command:ls tty escape")]
    [InlineData("-t -T host ls", "Command:ls", "Command:ls")]
    [InlineData("-n host ls", "Command:ls null", "Command:ls null")]
    [InlineData("-tt -n host ls", "Command:ls tty escape null", "Command:ls tty escape null")]
    [InlineData("-o RequestTTY=yes host ls", "Command:ls tty escape", "Command:ls warned")]
    [InlineData("-o RequestTTY=force host ls", "Command:ls tty escape", "Command:ls tty escape")]
    [InlineData("-N host", "None", "None")]
    [InlineData("-N -tt host ls", "None", "None")]
    [InlineData("-s host sftp", "Subsystem:sftp", "Subsystem:sftp")]
    [InlineData("-o SessionType=subsystem host sftp", "Subsystem:sftp", "Subsystem:sftp")]
    [InlineData("-f host ls", "Command:ls null background", "Command:ls null background")]
    [InlineData("-f -N host", "None null background", "None null background")]
    [InlineData("-o RemoteCommand='ls %h' host", "Command:ls host", "Command:ls host")]
    [InlineData("-o SetEnv=A=1 host ls", "Command:ls env:A=1", "Command:ls env:A=1")]
    [InlineData("-o SendEnv=LC_* host ls", "Command:ls env:LC_ALL=C env:LC_TIME=de", "Command:ls env:LC_ALL=C env:LC_TIME=de")]
    [InlineData("-o SendEnv=LC_* -o SetEnv=LC_ALL=x host ls", "Command:ls env:LC_TIME=de env:LC_ALL=x", "Command:ls env:LC_TIME=de env:LC_ALL=x")]
    public void Options_become_requests(string line, string atTerminal, string elsewhere)
    {
        Assert.Equal(atTerminal, Describe(Plan(line, terminal: true)));
        Assert.Equal(elsewhere, Describe(Plan(line, terminal: false)));
    }

    [Theory]
    [InlineData("-f host", "Cannot fork into background without a command to execute.")]
    [InlineData("-o RemoteCommand=a host b", "Cannot execute command-line and remote command.")]
    [InlineData("-o RemoteCommand=%z host", "command-line: line 0: remotecommand: unknown key %z in \"%z\".")]
    [InlineData("-J a@gate:22 host", "ProxyJump a@gate:22 is not available: jump hosts arrive in a later version; ProxyCommand is there")]
    [InlineData("-o ProxyCommand=- host", "ProxyCommand - is not available: standard input is the session's here")]
    [InlineData("-o ProxyCommand=x -o ProxyUseFdpass=yes host", "ProxyUseFdpass is not available: passing descriptors arrives in a later version")]
    [InlineData("-o 'RefuseConnection=\"not today\"' host", "Connection to host refused: not today")]
    [InlineData("-N -D 1080 host", "DynamicForward 1080: not available: port forwarding arrives in a later version")]
    [InlineData("-o ExitOnForwardFailure=yes -L 1:a:2 host", "LocalForward 1:a:2: not available: port forwarding arrives in a later version")]
    public void What_cannot_be_is_said_before_anything_is_connected(string line, string message) =>
        Assert.Equal(message, Assert.Throws<FailureException>(() => Plan(line, terminal: true)).Message);

    [Fact]
    public void A_terminal_that_was_asked_for_and_cannot_be_is_told() =>
        Assert.Equal("Pseudo-terminal will not be allocated because stdin is not a terminal.", Plan("-t host ls", terminal: false).Warning);

    [Theory]
    [InlineData("-D 1080 host ls", "Warning: DynamicForward 1080: not set up: port forwarding arrives in a later version")]
    [InlineData("-L 1:a:2 -R 3:b:4 host ls", "Warning: LocalForward 1:a:2, RemoteForward 3:b:4: not set up: port forwarding arrives in a later version")]
    [InlineData("-D 1080 -o ClearAllForwardings=yes host ls", null)]
    [InlineData("-o ProxyJump=none -o ProxyUseFdpass=yes host ls", null)]
    public void A_forward_that_cannot_be_is_told_and_the_session_goes_on(string line, string? warning) =>
        Assert.Equal(warning, Plan(line, terminal: true).Warning);

    [Fact]
    public void An_escape_character_can_be_a_control() => Assert.Equal((byte)0x1D, Plan("-e ^] host", terminal: true).Escape);

    internal static RemotePlan Plan(string line, bool terminal)
    {
        ClientCommand command = CommandLines.Client(ShellWords.Split(line));
        ClientConfig config = new(command.Destination!.Host, "me", "/home/me");
        foreach (string setting in command.Settings)
            config.AddOption(setting);
        config.Complete();
        return RemotePlan.Of(config, command.RemoteCommandBytes(), new LocalFacts(terminal, () => [new("LC_ALL", "C"), new("PATH", "/bin"), new("LC_TIME", "de")]));
    }

    private static string Describe(RemotePlan plan)
    {
        StringBuilder text = new(plan.Kind.ToString());
        if (!plan.Command.IsEmpty)
            text.Append(':').Append(Encoding.UTF8.GetString(plan.Command.Span));
        text.Append(plan.Warning is null ? "" : " warned").Append(plan.WantsTerminal ? " tty" : "").Append(plan.Escape is null ? "" : " escape");
        text.Append(plan.InputIsNull ? " null" : "").Append(plan.Background ? " background" : "");
        foreach ((string name, string value) in plan.Variables)
            text.Append($" env:{name}={value}");
        return text.ToString();
    }
}

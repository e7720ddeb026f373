using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary>The client: <c>qssh</c>, or <c>ssh</c> for the tools that ask for that name.</summary>
[Command(
    "",
    "qssh",
    SshName = "ssh",
    Summary = "post-quantum secure shell client",
    Mode = OperandMode.Destination,
    UsageExitCode = 255)]
[SettingOption('p', "Port", ValueName = "port", Help = "connect to this port; 22222 if nothing says otherwise")]
[SettingOption('o', "", ValueName = "option", Help = "set a configuration keyword: Keyword=value or 'Keyword value'")]
internal sealed partial class ClientCommand : Command
{
    [Operand("destination", Help = "[user@]host, [user@]host:port, [user@][ipv6]:port or qssh://[user@]host[:port]", Complete = Completion.Host)]
    public string? Where { get; private set; }

    [RestOperands("command", Help = "run this on the remote host instead of a shell; the words are joined by single spaces")]
    public List<string>? CommandWords { get; private set; }
}

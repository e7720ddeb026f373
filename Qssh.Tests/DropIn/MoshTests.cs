using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>CLI-09: mosh starts its server through us, by each of its ways to learn the address: a proxy of its own, or SSH_CONNECTION.</summary>
[Collection(EndToEndTests.Name)]
public sealed class MoshTests(DropInServer server) : IClassFixture<DropInServer>
{
    [BinaryTheory(needs: "tmux mosh mosh-server")]
    [InlineData("proxy")]
    [InlineData("remote")]
    public void A_session_starts(string way)
    {
        string command = $"env HOME={server.Home.Path} PATH={server.Home["bin"]}:$PATH LC_ALL=C.UTF-8 mosh --experimental-remote-ip={way} --server='env LC_ALL=C.UTF-8 mosh-server' box";
        using TmuxSession terminal = new(server.Home, command);
        // A prompt of whatever kind: the shell answers.
        Wait.Until(() => terminal.Text.Trim().Length > 0 && !terminal.Text.Contains("status", StringComparison.Ordinal), "something is shown", 20);
        terminal.Type("echo mosh-$((40+2))", "Enter");
        terminal.WaitFor("mosh-42", 20);
        terminal.Type("exit", "Enter");
        terminal.WaitFor("status 0", 20);
    }
}

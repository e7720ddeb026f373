using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>CLI-16: a program as the way to the server.</summary>
[Collection(EndToEndTests.Name)]
public sealed class ProxyCommandTests(SharedServer server)
{
    /// <summary>What nc does, without needing it.</summary>
    private const string Relay = "ProxyCommand=bash -c 'exec 3<>/dev/tcp/$0/$1; cat <&3 & cat >&3; exec 3>&-; wait' %h %p";

    [BinaryFact]
    public void A_session_passes_through_it_both_ways()
    {
        byte[] data = new byte[5_000_000];
        new Random(1).NextBytes(data);
        ProgramRun run = server.Client("-v", "-o", Relay).Send(data, "cat; echo oops >&2; exit 7");
        Assert.Equal(7, run.ExitCode);
        Assert.True(data.AsSpan().SequenceEqual(run.Output));
        Assert.Contains("oops\n", run.Errors);
        Assert.Contains("Authenticated to 127.0.0.1 (via proxy) using \"publickey\".", run.Errors);
    }

    [BinaryFact]
    public void It_ends_with_the_connection()
    {
        string mark = server.Home["proxy"];
        Assert.Equal("in\n", server.Client("-o", Relay.Replace("bash -c '", $"bash -c 'echo $$ >{mark}; ")).Run("echo in").Text);
        int relay = int.Parse(File.ReadAllText(mark));
        Wait.Until(() => !ProcessFacts.Exists(relay), "the proxy has ended");
    }

    [BinaryFact]
    public void One_that_stays_is_told_to_go()
    {
        string mark = server.Home["stubborn"];
        string stubborn = Relay.Replace("bash -c '", $"bash -c 'echo $$ >{mark}; ").Replace("; wait'", "; sleep 60'");
        Assert.Equal("in\n", server.Client("-o", stubborn).Run("echo in").Text);
        int relay = int.Parse(File.ReadAllText(mark));
        Wait.Until(() => !ProcessFacts.Exists(relay), "the proxy has ended");
    }

    [BinaryTheory]
    [InlineData("false", "through ProxyCommand")]
    [InlineData("/no/such/program", "through ProxyCommand")]
    [InlineData("echo no protocol of ours", "through ProxyCommand")]
    public void One_that_leads_nowhere_ends_in_one_line(string command, string reason)
    {
        ProgramRun run = server.Client("-o", "ProxyCommand=" + command).Run("true");
        Assert.Equal((255, ""), (run.ExitCode, run.Text));
        Assert.Contains(reason, run.Errors);
    }

    [BinaryFact]
    public void None_connects_directly() => Assert.Equal("in\n", server.Client("-o", "ProxyCommand=none").Run("echo in").Text);

    [BinaryFact]
    public void The_users_shell_runs_it_with_the_host_checked()
    {
        ProgramRun run = server.Client("-o", "HostName=a$(id)", "-o", "ProxyCommand=echo %h >&2").Run("true");
        Assert.Equal(255, run.ExitCode);
        Assert.Contains("hostname contains invalid characters", run.Errors);
    }

    [BinaryFact]
    public void Files_are_copied_through_it()
    {
        string from = server.Home["through"], to = server.Home["through2"];
        File.WriteAllText(from, "content");
        ClientRun client = server.Client();
        ProgramRun run = ProgramRun.Of(
            StaticBinary.Path,
            [
                "scp", "-q", "-F", "none", "-o", Relay, "-i", server.Home["id"], "-o", "UserKnownHostsFile=" + server.Home["known_hosts"],
                "-P", server.Process.Port.ToString(), from, $"{client.User}@127.0.0.1:{to}",
            ]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("content", File.ReadAllText(to));
    }
}

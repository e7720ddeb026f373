using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>UpdateHostKeys against the real server: the rotation drill of docs/runbook.md, and what is left alone.</summary>
[Collection(EndToEndTests.Name)]
public sealed class HostKeyUpdateTests : IDisposable
{
    private const string Name = "thehost";

    private readonly Lazy<TempHome> _home = new(() =>
    {
        TempHome home = new();
        home.MakeKey("host_n", "falcon512");
        return home;
    });

    private TempHome Home => _home.Value;

    private string Known => Home["known_update"];

    public void Dispose()
    {
        if (_home.IsValueCreated)
            Home.Dispose();
    }

    [BinaryFact]
    public void A_key_is_replaced_and_the_client_follows()
    {
        Home.MakeKey("host_s", "slhdsa-shake-128s");
        string other = "# by hand\n\nother.example " + Blob("host_n") + "  a comment\nnot a line\n";
        File.WriteAllText(Known, other + Line("host"));
        File.SetUnixFileMode(Known, (UnixFileMode)0x1A0);

        // Beside the old one; the slow key is left for sessions that last.
        using (ServerProcess both = Server("host", "host_n", "host_s"))
        {
            Assert.Equal(0, Run(both, "sleep 0.8").ExitCode);
            Assert.Equal(other + Line("host") + Line("host_n"), File.ReadAllText(Known));
            // As long as it takes on a busy machine.
            string all = other + Line("host") + Line("host_n") + Line("host_s");
            using System.Diagnostics.Process waiting = new ClientRun(Home, both.Port) { Options = Options }.Start("cat");
            Wait.Until(() => File.ReadAllText(Known) == all, "the slow key is learned: " + both.Log, seconds: 30);
            waiting.StandardInput.Close();
            Assert.True(waiting.WaitForExit(5000));
            Assert.Equal(0, Run(both, "true").ExitCode);
        }

        // The old ones are gone.
        using (ServerProcess after = Server("host_n"))
        {
            ProgramRun run = Run(after, "sleep 0.8");
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.Equal(other + Line("host_n"), File.ReadAllText(Known));
            Assert.Equal(0, Run(after, "true").ExitCode);
        }

        Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(Known));
    }

    [BinaryFact]
    public void A_key_is_replaced_by_one_of_its_type_behind_another()
    {
        Home.MakeKey("host_o", "falcon512");
        File.WriteAllText(Known, Line("host") + Line("host_o"));
        using (ServerProcess change = Server(["host", "host_n"], "-o", "HostKeyAlgorithms=-falcon*"))
            Assert.Equal(0, Run(change, "sleep 0.8").ExitCode);
        Assert.Equal(Line("host") + Line("host_n"), File.ReadAllText(Known));
        using ServerProcess after = Server("host", "host_n");
        ProgramRun run = Run(after, "true");
        Assert.Contains("Server host key: falcon512", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [BinaryFact]
    public void Hidden_names_stay_hidden_and_a_link_stays_a_link()
    {
        File.WriteAllText(Home["real"], Qssh.Identity.HostLabel.Hide(Name) + " " + Blob("host") + "\n");
        File.CreateSymbolicLink(Known, Home["real"]);
        using ServerProcess server = Server("host", "host_n");
        Assert.Equal(0, Run(server, "sleep 0.8").ExitCode);
        string[] lines = File.ReadAllLines(Home["real"]);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("|1|", line, StringComparison.Ordinal));
        Assert.EndsWith(Blob("host_n"), lines[1], StringComparison.Ordinal);
        Assert.NotNull(File.ResolveLinkTarget(Known, returnFinalTarget: false));
    }

    [BinaryTheory]
    [InlineData("pattern")]
    [InlineData("revoked")]
    [InlineData("global")]
    [InlineData("default")]
    [InlineData("no")]
    [InlineData("new")]
    public void What_the_user_has_not_trusted_so_is_left_alone(string why)
    {
        string global = Home["global_hosts"];
        File.WriteAllText(global, why == "global" ? Line("host") : "");
        File.WriteAllText(Known, why switch
        {
            "pattern" => $"the*,other {Blob("host")}\n",
            "revoked" => Line("host") + $"@revoked * {Blob("id")}\n",
            "global" or "new" => "",
            _ => Line("host"),
        });
        string before = File.ReadAllText(Known);
        string[] options = why switch
        {
            "default" => [],
            "no" => ["-o", "UpdateHostKeys=no"],
            "new" => ["-o", "StrictHostKeyChecking=accept-new", "-o", "UpdateHostKeys=yes"],
            _ => ["-o", "UpdateHostKeys=yes"],
        };
        using ServerProcess server = Server("host", "host_n");
        ProgramRun run = new ClientRun(Home, server.Port) { Options = ["-o", "HostKeyAlias=" + Name, "-o", "UserKnownHostsFile=" + Known, "-o", "GlobalKnownHostsFile=" + global, .. options] }.Run("sleep 0.6");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(why == "new" ? Line(run.Errors.Contains("MLDSA65", StringComparison.Ordinal) ? "host" : "host_n") : before, File.ReadAllText(Known));
    }

    [BinaryFact]
    public void A_thousand_things_to_do_do_not_wait_for_it()
    {
        File.WriteAllText(Known, Line("host"));
        using ServerProcess server = Server("host", "host_n");
        for (int i = 0; i < 5; i++)
            Assert.Equal($"{i}\n", Run(server, $"echo {i}").Text);
        // Whether it was learned is a matter of time, that nothing else was written is not.
        Assert.StartsWith(Line("host"), File.ReadAllText(Known), StringComparison.Ordinal);
    }

    [BinaryFact(needs: "tmux")]
    public void Ask_asks_when_the_session_is_over_and_a_no_changes_nothing()
    {
        using ServerProcess server = Server("host", "host_n");
        foreach ((string answer, string expected) in new[] { ("no", Line("host")), ("yes", Line("host") + Line("host_n")) })
        {
            File.WriteAllText(Known, Line("host"));
            string[] options = [.. Options[..^1], "UpdateHostKeys=ask"];
            using TmuxSession terminal = new(Home, new ClientRun(Home, server.Port) { Options = options }.Arguments("sleep 1; echo over-$((40+2))"));
            terminal.WaitFor("over-42", seconds: 20);
            terminal.WaitFor($"The host '{Name}' has proved a new key: FALCON512");
            terminal.WaitFor("Accept updated host keys (yes/no)?");
            Assert.Equal(Line("host"), File.ReadAllText(Known));
            terminal.Type(answer, "Enter");
            terminal.WaitFor("status 0");
            Assert.Equal(expected, File.ReadAllText(Known));
        }
    }

    [BinaryFact]
    public void Ask_where_nobody_can_be_asked_changes_nothing()
    {
        File.WriteAllText(Known, Line("host"));
        using ServerProcess server = Server("host", "host_n");
        ProgramRun run = new ClientRun(Home, server.Port) { Options = [.. Options[..^1], "UpdateHostKeys=ask", "-o", "BatchMode=yes"] }.Run("sleep 0.8");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(Line("host"), File.ReadAllText(Known));
    }

    private ServerProcess Server(params string[] keys) => Server(keys, []);

    private ServerProcess Server(string[] keys, params string[] options)
    {
        string[] command = ServerProcess.Arguments(Home, [.. keys.Skip(1).SelectMany(key => (string[])["-h", Home[key]]), .. options]);
        return ServerProcess.Launch(Home, [.. command.Select(word => word == Home["host"] ? Home[keys[0]] : word)]);
    }

    private ProgramRun Run(ServerProcess server, string command) => new ClientRun(Home, server.Port)
    {
        Options = Options,
    }.Run(command);

    private string[] Options => ["-v", "-o", "HostKeyAlias=" + Name, "-o", "UserKnownHostsFile=" + Known, "-o", "UpdateHostKeys=yes"];

    private string Line(string key) => $"{Name} {Blob(key)}\n";

    private string Blob(string key) => string.Join(' ', File.ReadAllText(Home[key + ".pub"]).Split(' ')[..2]);
}

using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Logins that must not happen, on both sides.</summary>
[Collection(EndToEndTests.Name)]
public sealed class RefusalTests : IDisposable
{
    private readonly SharedServer _server;
    private readonly TempHome _home;

    public RefusalTests(SharedServer server)
    {
        _server = server;
        _home = server.Home;
        if (!File.Exists(_home["other"]))
            _home.MakeKey("other");
    }

    public void Dispose() => _home.Know();

    [BinaryFact]
    public void A_wrong_key_and_an_unknown_user_cannot_be_told_apart()
    {
        (ProgramRun wrongKey, RelayedConnection wrongKeySeen) = TryAs(Environment.UserName, "other");
        (ProgramRun noUser, RelayedConnection noUserSeen) = TryAs("nobody-of-that-name", "other");
        (ProgramRun unknownKeyOfNoUser, _) = TryAs("nobody-of-that-name", "id");
        Assert.All(new[] { wrongKey, noUser, unknownKeyOfNoUser }, run => Assert.Equal((255, ""), (run.ExitCode, run.Text)));
        Assert.Contains("ermission denied (publickey)", wrongKey.Errors);
        Assert.Equal(wrongKey.Errors.Replace(Environment.UserName + "@", "U@"), noUser.Errors.Replace("nobody-of-that-name@", "U@"));
        Assert.Equal((wrongKeySeen.ToServer, wrongKeySeen.ToClient), (noUserSeen.ToServer, noUserSeen.ToClient));
    }

    [BinaryFact]
    public void Refusals_come_on_one_grid_of_time()
    {
        // Medians, because a loaded machine delays single ones.
        double wrongKey = MedianTime(Environment.UserName), noUser = MedianTime("nobody-of-that-name");
        Assert.InRange(wrongKey / noUser, 0.7, 1.4);
    }

    [BinaryFact]
    public void The_server_says_why_in_its_log_only()
    {
        new ClientRun(_home, _server.Process.Port) { User = "nobody-of-that-name", Key = "other" }.Run("true");
        _server.Process.WaitForLog("failed publickey for nobody-of-that-name");
    }

    [BinaryFact]
    public void Keys_come_from_a_program_as_well_and_for_known_users_only()
    {
        string marker = _home["asked-for-keys"];
        using TempHome home = new();
        File.WriteAllText(home["authorized_keys"], "");
        string user = Environment.UserName;
        using ServerProcess server = ServerProcess.Start(
            home, "-o", $"AuthorizedKeysCommand=/bin/sh -c \"echo $2 >> {marker}; echo $0 $1\" %t %k %u", "-o", "AuthorizedKeysCommandUser=" + user);
        Assert.Equal("in\n", new ClientRun(home, server.Port).Run("echo in").Text);
        Assert.Equal(255, new ClientRun(home, server.Port) { User = "nobody-of-that-name" }.Run("echo in").ExitCode);
        Assert.Equal(user + "\n", File.ReadAllText(marker));
    }

    [BinaryFact]
    public void A_changed_host_key_stops_the_connection_loudly()
    {
        _home.Know("other");
        foreach (string option in (string[])["ask", "accept-new", "yes"])
        {
            ProgramRun run = _server.Client("-o", "StrictHostKeyChecking=" + option).Run("echo in");
            Assert.Equal((255, ""), (run.ExitCode, run.Text));
            Assert.Contains("WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", run.Errors);
            Assert.Contains(_home.Fingerprint("host"), run.Errors);
            Assert.Contains(_home.Fingerprint("other"), run.Errors);
            Assert.Contains(_home["known_hosts"] + ":1", run.Errors);
        }
    }

    [BinaryFact]
    public void An_unknown_host_is_refused_when_strict_or_when_nobody_can_be_asked()
    {
        File.WriteAllText(_home["known_hosts"], "");
        foreach (string option in (string[])["yes", "ask"])
        {
            ProgramRun run = _server.Client("-o", "StrictHostKeyChecking=" + option, "-o", "BatchMode=yes").Run("echo in");
            Assert.Equal((255, ""), (run.ExitCode, run.Text));
            Assert.Contains("Host key verification failed", run.Errors);
            Assert.Contains(_home.Fingerprint("host"), run.Errors);
        }

        Assert.Equal("", File.ReadAllText(_home["known_hosts"]));
    }

    [BinaryFact]
    public void Accept_new_stores_an_unknown_host_once()
    {
        File.Delete(_home["known_hosts"]);
        ProgramRun first = _server.Client("-o", "StrictHostKeyChecking=accept-new").Run("echo in");
        Assert.Equal((0, "in\n"), (first.ExitCode, first.Text));
        Assert.Contains("Permanently added", first.Errors);
        ProgramRun second = _server.Client().Run("echo in");
        Assert.Equal((0, "in\n", ""), (second.ExitCode, second.Text, second.Errors));
        Assert.Single(File.ReadAllLines(_home["known_hosts"]));
    }

    [BinaryFact]
    public void Checking_that_is_switched_off_still_logs_in()
    {
        File.Delete(_home["known_hosts"]);
        Assert.Equal("in\n", _server.Client("-o", "StrictHostKeyChecking=no").Run("echo in").Text);
    }

    [BinaryFact(needs: "tmux")]
    public void An_unknown_host_is_asked_about_on_the_terminal()
    {
        File.Delete(_home["known_hosts"]);
        ClientRun client = _server.Client("-o", "StrictHostKeyChecking=ask");
        using TmuxSession terminal = new(_home, client.Arguments("echo in; sleep 5"));
        terminal.WaitFor("(yes/no/[fingerprint])?");
        Assert.Contains(_home.Fingerprint("host"), terminal.Text.ReplaceLineEndings(""));
        terminal.Type("perhaps", "Enter");
        terminal.WaitFor("Please type 'yes', 'no' or the fingerprint");
        terminal.Type("yes", "Enter");
        terminal.WaitFor("\nin\n");
        Assert.Single(File.ReadAllLines(_home["known_hosts"]));
    }

    [BinaryFact(needs: "tmux")]
    public void No_is_an_answer()
    {
        File.Delete(_home["known_hosts"]);
        using TmuxSession terminal = new(_home, _server.Client("-o", "StrictHostKeyChecking=ask").Arguments("echo in"));
        terminal.WaitFor("(yes/no/[fingerprint])?");
        terminal.Type("no", "Enter");
        terminal.WaitFor("Host key verification failed");
        terminal.WaitFor("status 255");
        Assert.False(File.Exists(_home["known_hosts"]));
    }

    [BinaryFact]
    public void Keys_that_others_can_write_are_not_read()
    {
        File.SetUnixFileMode(_home["authorized_keys"], (UnixFileMode)0x1B6); // 0666
        try
        {
            Assert.Equal(255, _server.Client().Run("true").ExitCode);
            _server.Process.WaitForLog("bad ownership or modes for file");
        }
        finally
        {
            File.SetUnixFileMode(_home["authorized_keys"], (UnixFileMode)0x1A4); // 0644
        }
    }

    [BinaryFact]
    public void A_private_key_that_others_can_read_is_not_used()
    {
        File.SetUnixFileMode(_home["id"], (UnixFileMode)0x1A4);
        try
        {
            ProgramRun run = _server.Client().Run("true");
            Assert.Equal(255, run.ExitCode);
            Assert.Contains(_home["id"], run.Errors);
        }
        finally
        {
            File.SetUnixFileMode(_home["id"], (UnixFileMode)0x180);
        }
    }

    private (ProgramRun Run, RelayedConnection Seen) TryAs(string user, string key)
    {
        using TcpRelay relay = new(_server.Process.Port);
        ProgramRun run = new ClientRun(_home, relay.Port) { User = user, Key = key }.Run("echo in");
        return (run, relay.Ended().Single());
    }

    private double MedianTime(string user) =>
        Enumerable.Range(0, 9).Select(_ => new ClientRun(_home, _server.Process.Port) { User = user, Key = "other" }.Run("true").Time.TotalMilliseconds).Order().ElementAt(4);
}

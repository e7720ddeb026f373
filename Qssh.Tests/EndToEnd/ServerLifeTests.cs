using System.Diagnostics;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>The server's process from start to end, and what it must not gather on the way.</summary>
[Collection(EndToEndTests.Name)]
public sealed class ServerLifeTests : IDisposable
{
    private readonly Lazy<TempHome> _home = new(() => new TempHome());

    private TempHome Home => _home.Value;

    public void Dispose()
    {
        if (_home.IsValueCreated)
            Home.Dispose();
    }

    [BinaryFact]
    public void Nothing_is_left_of_fifty_logins()
    {
        using ServerProcess server = ServerProcess.Start(Home);
        ClientRun client = new(Home, server.Port);
        for (int i = 0; i < 3; i++)
            client.Run("true");
        AssertAtRest(server);
        int descriptors = ProcessFacts.Descriptors(server.Id);
        for (int i = 0; i < 50; i += 5)
            AssertRuns(client, i, 5);
        AssertAtRest(server);
        Wait.Until(() => ProcessFacts.Descriptors(server.Id) <= descriptors, $"no more than {descriptors} descriptors are open");
    }

    [BinaryFact]
    public void Many_log_in_at_once()
    {
        using ServerProcess server = ServerProcess.Start(Home, "-o", "MaxStartups=100", "-o", "PerSourceMaxConnections=none");
        ClientRun client = new(Home, server.Port);
        AssertRuns(client, 100, 24);
        AssertAtRest(server);
    }

    [BinaryFact]
    public void A_server_and_a_login_at_rest_use_no_time()
    {
        using ServerProcess server = ServerProcess.Start(Home);
        using Process client = new ClientRun(Home, server.Port).Start("echo in; cat");
        Assert.Equal("in", client.StandardOutput.ReadLine());
        // Not at once: some time after a login the server tidies up.
        Wait.Until(() => SwitchesInASecond(server.Id, client.Id) == 0, "both rest", seconds: 20);
        client.StandardInput.Close();
        Assert.True(client.WaitForExit(5000));
        Assert.Equal(0, client.ExitCode);
    }

    [BinaryTheory]
    [InlineData(ServerProcess.SigTerm, "SIGTERM")]
    [InlineData(ServerProcess.SigInt, "SIGINT")]
    public void A_signal_ends_the_server_and_its_sessions(int signal, string name)
    {
        using ServerProcess server = ServerProcess.Start(Home);
        using Process client = new ClientRun(Home, server.Port).Start("echo in; cat");
        Assert.Equal("in", client.StandardOutput.ReadLine());
        IReadOnlyList<int> sessions = ProcessFacts.Descendants(server.Id);
        Assert.NotEmpty(sessions);
        server.Signal(signal);
        Assert.True(server.WaitForExit());
        Assert.Equal(0, server.ExitCode);
        server.WaitForLog($"shutting down on {name}");
        Assert.True(client.WaitForExit(5000));
        Assert.Equal(255, client.ExitCode);
        Wait.Until(() => !sessions.Any(ProcessFacts.Exists), "sessions end");
    }

    [BinaryFact]
    public void Hangup_reads_the_configuration_again()
    {
        string config = Home["config"];
        File.WriteAllText(config, "LogLevel INFO\n");
        using ServerProcess server = ServerProcess.Launch(Home, [.. ServerProcess.Arguments(Home).Select(word => word == "none" ? config : word)]);
        ClientRun client = new(Home, server.Port);
        Assert.Equal(0, client.Run("true").ExitCode);

        File.WriteAllText(config, $"DenyUsers {Environment.UserName}\n");
        server.Signal(ServerProcess.SigHup);
        server.WaitForLog("configuration read again");
        Assert.Equal(255, client.Run("true").ExitCode);

        File.WriteAllText(config, "Nonsense yes\n");
        server.Signal(ServerProcess.SigHup);
        server.WaitForLog("configuration not changed");
        Assert.True(server.IsRunning);
    }

    [BinaryFact]
    public void Host_keys_are_made_on_the_first_start_and_kept()
    {
        File.Delete(Home["host"]);
        File.Delete(Home["host.pub"]);
        using (ServerProcess first = ServerProcess.Start(Home))
            first.WaitForLog(Home.Fingerprint("host"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Home["host"]));
        using ServerProcess second = ServerProcess.Start(Home);
        second.WaitForLog(Home.Fingerprint("host"));
        Home.Know();
        Assert.Equal(0, new ClientRun(Home, second.Port).Run("true").ExitCode);
    }

    [BinaryFact]
    public void A_port_in_use_is_a_failure_in_one_line()
    {
        using ServerProcess server = ServerProcess.Start(Home);
        ProgramRun second = ProgramRun.Of(StaticBinary.Path, [.. ServerProcess.Arguments(Home)[1..], "-o", $"ListenAddress=127.0.0.1:{server.Port}"]);
        Assert.NotEqual(0, second.ExitCode);
        Assert.Single(second.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains("in use"));
    }

    /// <summary>All at the same time, each with a status of its own.</summary>
    private static void AssertRuns(ClientRun client, int firstStatus, int count)
    {
        ProgramRun[] runs = new ProgramRun[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() => runs[i] = client.Run($"echo {i}; exit {firstStatus + i}")))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        for (int i = 0; i < count; i++)
            Assert.Equal((firstStatus + i, $"{i}\n"), (runs[i].ExitCode, runs[i].Text));
    }

    private static long SwitchesInASecond(params int[] processes)
    {
        long before = processes.Sum(ProcessFacts.Switches);
        Thread.Sleep(1000);
        return processes.Sum(ProcessFacts.Switches) - before;
    }

    private static void AssertAtRest(ServerProcess server) =>
        Wait.Until(() => ProcessFacts.Descendants(server.Id).Count == 0, "no process of a session is left");
}

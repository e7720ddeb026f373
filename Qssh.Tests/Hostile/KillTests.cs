using System.Diagnostics;
using Qssh.Platform.Native;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>kill -9 of either side in the middle of a transfer: the other side ends, and no process of the session is left.</summary>
[Collection(HostileTests.Name)]
public sealed class KillTests
{
    [BinaryTheory]
    [InlineData("cat /dev/zero")]
    [InlineData("cat > /dev/null")]
    [InlineData("cat")]
    [InlineData("sleep 60")]
    public void A_killed_client_takes_its_session_with_it(string command)
    {
        using HostileServer server = new();
        server.AssertServes();
        int descriptors = server.Descriptors;
        using Process client = Start(server, command);
        HostileServer.WaitFor(() => server.Children > 0, "the command runs");
        Thread.Sleep(300);
        client.Kill();
        client.WaitForExit();
        HostileServer.WaitFor(() => server.Children == 0, "the session's processes are gone");
        server.AssertAtRest(descriptors);
        server.AssertServes();
    }

    [BinaryTheory]
    [InlineData("cat /dev/zero")]
    [InlineData("cat > /dev/null")]
    [InlineData("cat")]
    public void A_killed_server_ends_client_and_session(string command)
    {
        using HostileServer server = new();
        using Process client = Start(server, command);
        HostileServer.WaitFor(() => server.Children > 0, "the command runs");
        Thread.Sleep(300);
        IReadOnlyList<int> session = ProcessFacts.Descendants(server.Id);
        long start = Stopwatch.GetTimestamp();
        server.Kill();
        Assert.True(client.WaitForExit(5000), "the client hangs");
        Assert.Equal(255, client.ExitCode);
        HostileServer.WaitFor(() => !session.Any(ProcessFacts.Exists), "the session's processes are gone");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
    }

    [BinaryFact]
    public void A_stopped_client_does_not_hold_up_others_and_a_killed_shell_is_an_end_with_its_signal()
    {
        using HostileServer server = new();
        server.AssertServes();
        int descriptors = server.Descriptors;
        using Process stopped = Start(server, "cat /dev/zero");
        HostileServer.WaitFor(() => server.Children > 0, "the command runs");
        Assert.Equal(0, Libc.Kill(stopped.Id, 19));
        Thread.Sleep(200);
        Assert.InRange(server.AssertServes().TotalSeconds, 0, 2);
        stopped.Kill();
        stopped.WaitForExit();

        ProgramRun killed = new ClientRun(server.Home, server.Port).Run("kill -9 $$");
        Assert.Equal(137, killed.ExitCode);
        server.AssertAtRest(descriptors);
    }

    /// <summary>Feeds it without end and reads nothing of it but what a pipe takes.</summary>
    private static Process Start(HostileServer server, string command)
    {
        ClientRun client = new(server.Home, server.Port);
        return ProgramRun.Start("/bin/sh", ["-c", "exec \"$0\" \"$@\" < /dev/zero > /dev/null 2>&1", StaticBinary.Path, .. client.Arguments(command)], start => start.Environment["HOME"] = server.Home.Path);
    }
}

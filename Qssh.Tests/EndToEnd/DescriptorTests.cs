using System.Diagnostics;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>A server that is short of descriptors: more sessions than fit are refused, and nothing of them stays.</summary>
[Collection(EndToEndTests.Name)]
public sealed class DescriptorTests
{
    [BinaryFact("prlimit")]
    public void Sessions_that_found_no_descriptor_leave_none_open()
    {
        using TempHome home = new();
        using ServerProcess server = ServerProcess.StartThrough(home, [StaticBinary.Find("prlimit")!, "--nofile=24:24"]);
        ClientRun client = new(home, server.Port);
        Assert.Equal(0, client.Run("true").ExitCode);
        server.WaitForLog("disconnected");
        int idle = ProcessFacts.Descriptors(server.Id);
        for (int round = 0; round < 3; round++)
        {
            Process[] crowd = [.. Enumerable.Range(0, 5).Select(_ => client.Start("sleep 1"))];
            foreach (Process one in crowd)
            {
                Assert.True(one.WaitForExit(TimeSpan.FromSeconds(20)));
                one.Dispose();
            }
        }

        Wait.Until(() => ProcessFacts.Descriptors(server.Id) <= idle, "no descriptor is left of them");
        Assert.Equal(0, client.Run("true").ExitCode);
    }
}

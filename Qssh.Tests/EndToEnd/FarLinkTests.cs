using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Qssh.Lab.Relay;
using Qssh.Tests.Support;

namespace Qssh.Tests.EndToEnd;

/// <summary>A path with a long way, which only full windows fill; and the relay that makes it.</summary>
[Collection(EndToEndTests.Name)]
public sealed class FarLinkTests
{
    /// <summary>With the window that a channel starts with this takes 6.4 s and more each way.</summary>
    [BinaryFact]
    public void Copies_fill_the_link_though_a_round_trip_takes_100_ms()
    {
        using TempHome home = new();
        using ServerProcess server = ServerProcess.Start(home);
        using DelayRelay relay = new(0, server.Port, new LinkShape { Delay = TimeSpan.FromMilliseconds(50), Rate = 1_000_000_000 });
        byte[] content = new byte[64 << 20];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(home["from"], content);
        Assert.InRange(Copy(home, relay, home["from"], $"{Environment.UserName}@127.0.0.1:{home["there"]}"), 0.5, 4);
        Assert.InRange(Copy(home, relay, $"{Environment.UserName}@127.0.0.1:{home["there"]}", home["back"]), 0.5, 4);
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(home["back"])));
    }

    /// <summary>One after the other, 100 directories would take 20 s to read, and as long to make.</summary>
    [BinaryFact]
    public void Directories_of_a_tree_do_not_wait_for_each_other()
    {
        using TempHome home = new();
        using ServerProcess server = ServerProcess.Start(home);
        using DelayRelay relay = new(0, server.Port, new LinkShape { Delay = TimeSpan.FromMilliseconds(50) });
        for (int i = 0; i < 100; i++)
        {
            Directory.CreateDirectory(home[$"from/{i % 10}/{i}"]);
            File.WriteAllText(home[$"from/{i % 10}/{i}/file"], i.ToString());
        }

        Assert.InRange(Copy(home, relay, home["from"], $"{Environment.UserName}@127.0.0.1:{home["there"]}"), 0.5, 8);
        Assert.InRange(Copy(home, relay, $"{Environment.UserName}@127.0.0.1:{home["there"]}", home["back"]), 0.5, 8);
        for (int i = 0; i < 100; i++)
            Assert.Equal(i.ToString(), File.ReadAllText(home[$"back/{i % 10}/{i}/file"]));
    }

    [BinaryFact]
    public void A_link_that_breaks_in_the_middle_is_told_with_the_name_of_the_file()
    {
        using TempHome home = new();
        using ServerProcess server = ServerProcess.Start(home);
        using DelayRelay relay = new(0, server.Port, new LinkShape { Delay = TimeSpan.FromMilliseconds(5), CutAfter = 5_000_000 });
        File.WriteAllBytes(home["from"], new byte[20 << 20]);
        ProgramRun down = Scp(home, relay, $"{Environment.UserName}@127.0.0.1:{home["from"]}", home["back"]);
        Assert.NotEqual(0, down.ExitCode);
        Assert.Contains("/back\" is not whole", down.Errors);
        ProgramRun up = Scp(home, relay, home["from"], $"{Environment.UserName}@127.0.0.1:{home["there"]}");
        Assert.NotEqual(0, up.ExitCode);
        Assert.Contains("/there\"", up.Errors);
    }

    [Fact]
    public void The_relay_keeps_to_its_rate_and_its_delay()
    {
        LinkShape shape = new() { Delay = TimeSpan.FromMilliseconds(30), Rate = 200_000_000 };
        Assert.InRange(RelayRun.Measure(shape, 8 << 20), 10_000_000, 25_000_000);
        long begun = Stopwatch.GetTimestamp();
        RelayRun.Measure(new LinkShape { Delay = TimeSpan.FromMilliseconds(100) }, 1);
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 100, 1000);
    }

    [Fact]
    public void The_relay_takes_no_more_than_its_queue()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using DelayRelay relay = new(0, ((IPEndPoint)listener.LocalEndpoint).Port, new LinkShape { Queue = 1 << 20 });
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = 500 };
        sender.Connect(IPAddress.Loopback, relay.Port);
        using Socket reader = listener.AcceptSocket();
        byte[] data = new byte[1 << 20];
        SocketException full = Assert.Throws<SocketException>(() =>
        {
            // Buffers of the kernel are on the way, too.
            for (int i = 0; i < 64; i++)
                sender.Send(data);
        });
        Assert.Equal(SocketError.TimedOut, full.SocketErrorCode);
    }

    private static double Copy(TempHome home, DelayRelay relay, string from, string to)
    {
        ProgramRun run = Scp(home, relay, from, to);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Time.TotalSeconds;
    }

    private static ProgramRun Scp(TempHome home, DelayRelay relay, string from, string to) => ProgramRun.Of(StaticBinary.Path,
    [
        "scp", "-q", "-r", "-F", "none", "-i", home["id"], "-o", "UserKnownHostsFile=" + home["known_hosts"], "-o", "GlobalKnownHostsFile=none",
        "-P", relay.Port.ToString(), from, to,
    ]);
}

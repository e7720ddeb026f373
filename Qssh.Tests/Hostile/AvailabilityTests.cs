using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Record;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>Strangers who hold what they can, while somebody else wants to log in.</summary>
[Collection(HostileTests.Name)]
public sealed class AvailabilityTests
{
    private const int Crowd = 1000;
    private const int Kilobyte = 1024;

    [BinaryFact]
    public void A_thousand_idle_strangers_of_one_source_keep_nobody_out()
    {
        using HostileServer server = new("PerSourceStartRate=200:400");
        server.AssertServes();
        List<Socket> crowd = Connect(server.Port, Crowd, _ => new IPAddress([127, 0, 0, 2]));
        Assert.InRange(server.AssertServes().TotalSeconds, 0, 2);
        Assert.InRange(server.Descriptors, 0, 160);
        Leave(crowd);
    }

    [BinaryFact]
    public void A_thousand_idle_strangers_of_many_sources_keep_nobody_out()
    {
        using HostileServer server = new("PerSourceStartRate=200:400");
        server.AssertServes();
        List<Socket> crowd = Connect(server.Port, Crowd, i => new IPAddress([127, 0, (byte)(1 + (i % 100)), 2]));
        Assert.InRange(server.AssertServes().TotalSeconds, 0, 2);
        Assert.InRange(server.Descriptors, 0, 160);
        Leave(crowd);
    }

    [BinaryFact]
    public void A_thousand_idle_strangers_are_held_in_little_memory_where_that_is_wanted()
    {
        using HostileServer server = new("MaxStartups=2000:30:2000", "PerSourceMaxConnections=2000");
        server.AssertServes();
        int descriptors = server.Descriptors;
        long before = server.Memory;
        List<Socket> crowd = Connect(server.Port, Crowd, _ => IPAddress.Loopback);
        HostileServer.WaitFor(() => server.Descriptors >= Crowd, "all are connected");
        Assert.InRange(server.AssertServes().TotalSeconds, 0, 2);
        long silent = (server.Memory - before) / Crowd;

        foreach (Socket socket in crowd)
            socket.Send([1]);
        Assert.InRange(server.AssertServes().TotalSeconds, 0, 2);
        long begun = (server.Memory - before) / Crowd;
        TestContext.Current.SendDiagnosticMessage($"bytes for a silent stranger {silent}, for one who sent a byte {begun}");
        Assert.InRange(silent, 0, 16 * Kilobyte);
        Assert.InRange(begun, 0, 32 * Kilobyte);

        // Nothing to do, nothing done.
        TimeSpan busy = server.Processor;
        Thread.Sleep(500);
        Assert.InRange((server.Processor - busy).TotalMilliseconds, 0, 60);
        Leave(crowd);
        server.AssertAtRest(descriptors);
    }

    [BinaryFact]
    public void Slow_and_silent_strangers_are_dropped_at_the_deadline_and_no_byte_moves_it()
    {
        using HostileServer server = new("LoginGraceTime=2", "MaxStartups=200:30:200", "PerSourceMaxConnections=200");
        server.AssertServes();
        int descriptors = server.Descriptors;
        byte[] hello;
        using (ScriptedClient template = server.Connect())
            hello = template.CutFlight(FrameKind.Hello, 3, template.Hello());
        long start = Stopwatch.GetTimestamp();
        List<ScriptedPeer> slow = [.. Enumerable.Range(0, 40).Select(_ => ScriptedPeer.Connect(server.Port))];
        List<ScriptedClient> stopped = [.. Enumerable.Range(0, 5).Select(_ => server.ConnectToFlight()), .. Enumerable.Range(0, 5).Select(_ => server.ConnectToLogin())];
        for (int i = 0; i < 16; i++)
        {
            for (int peer = 0; peer < slow.Count; peer += 2)
                slow[peer].SendRaw(hello.AsSpan(i, 1));
            if (i % 4 == 0)
                Assert.InRange(server.AssertServes().TotalSeconds, 0, 2);
            Thread.Sleep(100);
        }

        foreach (ScriptedPeer peer in slow.Concat(stopped))
        {
            peer.ExpectAlert(AlertCode.Deadline, "slow");
            peer.Dispose();
        }

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 1.9, 3.5);
        server.AssertAtRest(descriptors);
    }

    [BinaryFact]
    public void Connections_that_are_gone_before_they_are_accepted_leave_nothing()
    {
        using HostileServer server = new("MaxStartups=200:30:200", "PerSourceMaxConnections=200");
        server.AssertServes();
        int descriptors = server.Descriptors;
        for (int i = 0; i < 300; i++)
        {
            using ScriptedPeer peer = ScriptedPeer.Connect(server.Port);
            peer.Reset();
        }

        server.AssertServes();
        server.AssertAtRest(descriptors);
    }

    [BinaryFact]
    public void Without_descriptors_the_server_waits_and_recovers()
    {
        using HostileServer server = new(48, "MaxStartups=200:30:200", "PerSourceMaxConnections=200");
        server.AssertServes();
        int descriptors = server.Descriptors;
        using ScriptedClient inside = server.LogIn();
        List<Socket> crowd = Connect(server.Port, 80, _ => IPAddress.Loopback);
        HostileServer.WaitFor(() => server.Descriptors >= 46, $"no descriptor is free ({server.Descriptors})");
        TimeSpan busy = server.Processor;
        Thread.Sleep(400);
        Assert.InRange((server.Processor - busy).TotalMilliseconds, 0, 150);

        // Whoever is in stays in, though a new process cannot start.
        for (uint i = 0; i < 5; i++)
        {
            inside.SendSession(ScriptedClient.Run("true", 2 * i));
            inside.ReceiveUntil(Qssh.Wire.Messages.Connection.ChannelClose.MessageType);
            inside.SendSession(new Qssh.Wire.Messages.Connection.ChannelClose { Channel = 2 * i }.ToArray());
        }

        Leave(crowd);
        HostileServer.WaitFor(() => server.Descriptors <= descriptors + 1, "the crowd is gone");
        Assert.Equal("again\n", inside.RunToEnd("echo again", 10));
        inside.Reset();
        server.AssertServes();
        server.AssertAtRest(descriptors);
    }

    [BinaryFact]
    public void Whoever_is_pushed_out_while_being_judged_is_told_and_forgotten()
    {
        using HostileServer server = new("MaxStartups=4:30:4", "PerSourceMaxConnections=200");
        server.AssertServes();
        int descriptors = server.Descriptors;
        using SigningKey stranger = server.Key.Algorithm.GenerateKey();
        for (int round = 0; round < 3; round++)
        {
            List<ScriptedClient> judged = [.. Enumerable.Range(0, 4).Select(_ => server.ConnectToLogin())];
            foreach (ScriptedClient client in judged)
                client.SendUserAuth(client.UserAuth(server.User, stranger));
            Thread.Sleep(50);
            List<Socket> crowd = Connect(server.Port, 4, _ => IPAddress.Loopback);
            foreach (ScriptedClient client in judged)
            {
                client.ExpectAlert(AlertCode.Refused, "pushed out");
                client.Dispose();
            }

            Leave(crowd);
        }

        Thread.Sleep(300);
        server.AssertServes();
        server.AssertAtRest(descriptors);
    }

    private static List<Socket> Connect(int port, int count, Func<int, IPAddress> source)
    {
        List<Socket> sockets = new(count);
        for (int i = 0; i < count; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(source(i), 0));
            socket.Connect(IPAddress.Loopback, port);
            sockets.Add(socket);
        }

        return sockets;
    }

    private static void Leave(List<Socket> crowd)
    {
        foreach (Socket socket in crowd)
            socket.Dispose();
    }
}

using System.Diagnostics;
using Qssh.Errors;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Hostile;

/// <summary>Users who make the running server work and do not read what it says: its memory is bounded and it gets rid of them.</summary>
[Collection(HostileTests.Name)]
public sealed class FloodTests(HostileRange range) : IDisposable
{
    private const long MemoryAllowed = 16 << 20;

    private HostileServer Server => range.Server;

    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Ten_thousand_pings_are_answered_in_order()
    {
        using ScriptedClient client = Server.LogIn();
        byte[][] pings = [.. Enumerable.Range(0, 10_000).Select(i => new Ping { Id = (uint)i }.ToArray())];
        Thread sender = new(() => client.SendSession(pings));
        sender.Start();
        for (uint i = 0; i < pings.Length; i++)
            Assert.Equal(i, Pong.ReadMessage(client.ReceiveMessage()!).Id);
        sender.Join();
    }

    [BinaryFact]
    public void Output_that_nobody_reads_stays_in_the_pipe()
    {
        using ScriptedClient client = Server.LogIn();
        long before = Server.Memory;
        client.SendSession([.. ScriptedClient.Run("cat /dev/zero"), new ChannelWindow { Channel = 0, Add = 1 << 30 }.ToArray()]);
        Thread.Sleep(700);
        Assert.InRange(Server.Memory - before, long.MinValue, MemoryAllowed);
        Server.AssertServes();
    }

    [BinaryFact]
    public void Questions_without_reading_the_answers_end_the_connection_and_its_processes()
    {
        using ScriptedClient client = Server.LogIn();
        long before = Server.Memory;
        client.SendSession([.. ScriptedClient.Run("cat /dev/zero"), new ChannelWindow { Channel = 0, Add = 1 << 30 }.ToArray()]);
        Thread.Sleep(300);
        byte[][] pings = [.. Enumerable.Range(0, 30_000).Select(i => new Ping { Id = (uint)i }.ToArray())];
        client.Socket.SendTimeout = 1000;
        try
        {
            foreach (byte[][] some in pings.Chunk(1000))
                client.SendSession(some);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server reads no more: it is about to end.
        }

        HostileServer.WaitFor(() => Server.Children == 0, "the process of a connection that is given up ends", 3000);
        Assert.InRange(Server.Memory - before, long.MinValue, MemoryAllowed);
    }

    [BinaryTheory]
    [InlineData("end of stream")]
    [InlineData("close alert")]
    [InlineData("protocol error")]
    [InlineData("reset")]
    public void Leaving_with_output_unread_ends_the_process_at_once(string how)
    {
        using ScriptedClient client = Server.LogIn();
        client.SendSession([.. ScriptedClient.Run("cat /dev/zero"), new ChannelWindow { Channel = 0, Add = 1 << 30 }.ToArray()]);
        HostileServer.WaitFor(() => Server.Children == 1, "the command runs");
        Thread.Sleep(200);
        long start = Stopwatch.GetTimestamp();
        switch (how)
        {
            case "end of stream":
                client.EndSend();
                break;
            case "close alert":
                client.Send(FrameKind.Alert, [(byte)AlertCode.Close]);
                break;
            case "protocol error":
                client.Send(FrameKind.Session, []);
                break;
            case "reset":
                client.Reset();
                break;
        }

        HostileServer.WaitFor(() => Server.Children == 0, "the process ends", 3000);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 2);
    }

    [BinaryFact]
    public void Channels_and_refusals_in_thousands_cost_nothing_lasting()
    {
        using ScriptedClient client = Server.LogIn();
        long before = Server.Memory;
        for (int round = 0; round < 20; round++)
        {
            byte[][] opens = [.. Enumerable.Range(200 * round, 200).Select(i => new ChannelOpen { Channel = (uint)(2 * i), Kind = ChannelKind.X11, Window = 1, Specifics = default }.ToArray())];
            client.SendSession(opens);
            for (int i = 0; i < opens.Length; i++)
                Assert.Equal(ChannelRefuse.MessageType, client.ReceiveMessage()![0]);
        }

        Assert.InRange(Server.Memory - before, long.MinValue, MemoryAllowed);
        Assert.Equal("on\n", client.RunToEnd("echo on", 8000));
    }

    [BinaryFact]
    public void Input_that_a_program_does_not_read_waits_within_the_window()
    {
        using ScriptedClient client = Server.LogIn();
        client.SendSession(ScriptedClient.Run("sleep 0.6; wc -c"));
        client.ReceiveUntil(RequestReply.MessageType);
        byte[] data = new ChannelData { Channel = 0, Data = new byte[32_768] }.ToArray();
        long before = Server.Memory;
        for (int i = 0; i < 32; i++)
            client.SendSession(data);
        client.SendSession(new ChannelEof { Channel = 0 }.ToArray());
        Assert.InRange(Server.Memory - before, long.MinValue, MemoryAllowed);
        List<byte[]> answers = client.ReceiveUntil(ExitStatus.MessageType);
        Assert.Contains(answers, m => m[0] == ChannelData.MessageType && System.Text.Encoding.ASCII.GetString(ChannelData.ReadMessage(m).Data).Trim() == "1048576");
    }

    [BinaryFact]
    public void After_all_of_it_the_server_is_as_small_as_before()
    {
        using HostileServer server = new("MaxStartups=200:30:200", "PerSourceMaxConnections=200");
        server.AssertServes();
        Thread.Sleep(2200);
        long before = server.Memory;
        byte[] noise = new byte[4000];
        noise.AsSpan().Fill(1);
        for (int i = 0; i < 20; i++)
        {
            using ScriptedPeer stranger = ScriptedPeer.Connect(server.Port);
            stranger.SendRaw(noise);
            using ScriptedClient stopped = server.ConnectToFlight();
            using ScriptedClient user = server.LogIn();
            user.SendSession([.. ScriptedClient.Run("head -c 4000000 /dev/zero"), new ChannelWindow { Channel = 0, Add = 1 << 30 }.ToArray()]);
            user.ReceiveUntil(ChannelData.MessageType);
            user.Reset();
        }

        HostileServer.WaitFor(() => server.Children == 0, "no session is left");
        HostileServer.WaitFor(() => server.Memory < before + (4 << 20), $"{server.Memory >> 10} KiB shrink to {before >> 10} KiB");
    }
}

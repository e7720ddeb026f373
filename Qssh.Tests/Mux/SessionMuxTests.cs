using FsCheck;
using FsCheck.Fluent;
using Qssh.Errors;
using Qssh.Mux;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Mux;

public sealed class SessionMuxTests
{
    [Fact]
    public void Requests_may_follow_an_open_at_once()
    {
        MuxPair pair = new();
        MuxChannel channel = pair.Open();
        channel.Send(new ShellRequest { Channel = channel.Id, Reply = true });
        pair.Pump(pieceSize: 1);
        Assert.Equal(["accepted"], pair.ClientHandler.Events);
        Assert.Equal(["message 51"], pair.ServerHandler.Events);
        Assert.True(channel.SendCapacity > 0);
    }

    [Fact]
    public void Data_of_both_streams_and_the_end_arrive_in_order()
    {
        MuxPair pair = new();
        MuxChannel channel = pair.Open();
        pair.Pump();
        byte[] data = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
        channel.SendData(DataStream.Plain, data);
        channel.SendEof();
        pair.Pump();
        pair.ServerHandler.Channel!.SendData(DataStream.StandardError, [1, 2, 3]);
        pair.ServerHandler.Channel.SendData(DataStream.Plain, [4]);
        pair.ServerHandler.Channel.Send(new ExitStatus { Channel = 0, Status = 7 });
        pair.ServerHandler.Channel.Close();
        pair.Pump();

        Assert.Equal(data, pair.ServerHandler.Data);
        Assert.Equal([1, 2, 3], pair.ClientHandler.ErrorData);
        Assert.Equal([4], pair.ClientHandler.Data);
        Assert.Equal(["eof", "closed"], pair.ServerHandler.Events);
        Assert.Equal(["accepted", "message 59", "closed"], pair.ClientHandler.Events);
        Assert.Equal(0, pair.Client.ChannelCount + pair.Server.ChannelCount);
    }

    [Fact]
    public void A_reader_that_does_not_read_stops_the_sender_at_the_window()
    {
        MuxPair pair = new();
        MuxChannel channel = pair.Open();
        pair.Pump();
        pair.ServerHandler.Consumes = false;
        int sent = 0;
        while (channel.SendCapacity > 0)
        {
            int count = Math.Min(channel.SendCapacity, 100_000);
            channel.SendData(DataStream.Plain, new byte[count]);
            sent += count;
            pair.Pump();
        }

        Assert.Equal(ReceiveWindow.Initial, sent);
        pair.ServerHandler.Channel!.Consumed(sent);
        pair.Pump();
        Assert.True(channel.SendCapacity > 0);
    }

    [Fact]
    public void Closed_gates_refuse_channels_and_requests_and_leave_the_rest_alone()
    {
        MuxPair noSession = new(Gates.None);
        noSession.Open();
        noSession.Pump();
        Assert.Equal(["refused Prohibited"], noSession.ClientHandler.Events);

        MuxPair noPty = new(Gates.Login & ~Gates.Pty);
        MuxChannel channel = noPty.Open();
        channel.Send(new PtyRequest { Channel = 0, Reply = true, Term = "xterm"u8, Columns = 80, Rows = 24, Width = 0, Height = 0, Modes = [] });
        channel.Send(new ShellRequest { Channel = 0, Reply = true });
        noPty.Pump();
        Assert.Equal(["prohibited 50", "message 51"], noPty.ServerHandler.Events);
    }

    [Fact]
    public void One_channel_too_many_is_refused_and_what_followed_it_is_dropped()
    {
        MuxPair pair = new(maxChannels: 1);
        pair.Open();
        RecordingHandler second = new();
        MuxChannel channel = pair.Client.Open(ChannelKind.Session, second);
        channel.Send(new ShellRequest { Channel = channel.Id, Reply = true });
        pair.Pump();
        Assert.Equal(["refused Limit"], second.Events);
        Assert.Empty(pair.ServerHandler.Events);
    }

    [Fact]
    public void Unknown_kinds_are_refused_with_their_reason()
    {
        MuxPair pair = new();
        pair.Client.Open((ChannelKind)99, pair.ClientHandler);
        pair.Pump();
        Assert.Equal(["refused UnknownKind"], pair.ClientHandler.Events);
    }

    public static TheoryData<string, string> Violations => new()
    {
        { "unknown message type", "7f0000" },
        { "server-only message", "5900080000000000000000" },
        { "channel never opened", "4600040000000a" },
        { "channel id of the server", "40000b0000000101001000000000" },
        { "channel id out of turn", "40000b0000000401001000000000" },
        { "accept of a channel of the peer", "4100080000000000001000" },
        { "end sent twice", "4600040000000046000400000000" },
        { "data after the end", "460004000000004300050000000041" },
        { "window overflow", "450008000000007fffffff4500080000000" + "07fffffff" },
        { "unknown stream", "440006000000000241" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Violations_end_the_connection(string flaw, string hex)
    {
        MuxPair pair = new();
        pair.Open();
        pair.Pump();
        ProtocolException fault = Assert.Throws<ProtocolException>(() => pair.Server.OnSessionBytes(Convert.FromHexString(hex)));
        Assert.True(fault.Code == AlertCode.ProtocolError, flaw);
    }

    [Fact]
    public void Data_beyond_the_window_ends_the_connection()
    {
        MuxPair pair = new();
        pair.Open();
        pair.Pump();
        pair.ServerHandler.Consumes = false;
        byte[] message = new byte[3 + 4 + MuxChannel.MaxData];
        message[0] = ChannelData.MessageType;
        message[1] = (4 + MuxChannel.MaxData) >> 8;
        message[2] = (4 + MuxChannel.MaxData) & 0xff;
        for (int i = 0; i < ReceiveWindow.Initial / MuxChannel.MaxData; i++)
            pair.Server.OnSessionBytes(message);
        Assert.Throws<ProtocolException>(() => pair.Server.OnSessionBytes(message));
    }

    [Fact]
    public void Ten_thousand_pings_are_answered_without_growth()
    {
        MuxPair pair = new();
        for (uint i = 0; i < 10_000; i++)
            pair.Client.Send(new Ping { Id = i });
        uint next = 0;
        pair.Client.PongReceived = id => Assert.Equal(next++, id);
        pair.Pump();
        Assert.Equal(10_000u, next);
    }

    [Fact]
    public void The_end_of_the_connection_ends_every_channel_once()
    {
        MuxPair pair = new();
        pair.Open();
        pair.Pump();
        pair.Server.OnClosed(new IOException("gone"));
        pair.Server.OnClosed(null);
        Assert.Equal(["broken"], pair.ServerHandler.Events);
        Assert.Equal(0, pair.Server.ChannelCount);
    }

    [Fact]
    public void Any_cut_of_the_stream_gives_the_same_channel() => Prop.ForAll<int>(seed =>
    {
        Random random = new(seed);
        MuxPair pair = new();
        MuxChannel channel = pair.Open();
        pair.Pump();
        byte[] data = new byte[random.Next(1, 90_000)];
        random.NextBytes(data);
        channel.SendData(DataStream.Plain, data);
        pair.Pump(random.Next(1, 2000));
        return pair.ServerHandler.Data.SequenceEqual(data);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_window_follows_a_fast_reader_up_to_its_maximum_and_never_loses_credit()
    {
        ReceiveWindow window = new(ReceiveWindow.Initial);
        long allowed = ReceiveWindow.Initial;
        int growth = int.MaxValue;
        for (int i = 0; i < 100_000; i++)
        {
            Assert.True(window.TryReceive(1000));
            allowed -= 1000;
            allowed += window.Consume(1000, now: 0, roundTrip: 1, ref growth);
            Assert.Equal(window.Allowed, allowed);
        }

        Assert.Equal(ReceiveWindow.Maximum, window.Size);
    }

    [Fact]
    public void All_windows_together_grow_within_one_budget()
    {
        ReceiveWindow window = new(ReceiveWindow.Initial);
        int growth = 3 << 20;
        for (int i = 0; i < 100_000; i++)
        {
            Assert.True(window.TryReceive(1000));
            window.Consume(1000, now: 0, roundTrip: 1, ref growth);
        }

        Assert.Equal(ReceiveWindow.Initial + (3 << 20), window.Size);
        Assert.Equal(0, growth);
    }

    [Fact]
    public void The_window_stays_small_for_a_slow_reader()
    {
        ReceiveWindow window = new(ReceiveWindow.Initial);
        int growth = int.MaxValue;
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(window.TryReceive(1000));
            window.Consume(1000, now: i * 50L, roundTrip: 1, ref growth);
        }

        Assert.Equal(ReceiveWindow.Initial, window.Size);
    }
}

using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Mux;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Hostile;

/// <summary>A user of the running server who keeps to no rule after the login.</summary>
[Collection(HostileTests.Name)]
public sealed class SessionAttackTests(HostileRange range) : IDisposable
{
    private static readonly byte[] s_open = Open(0);
    private static readonly byte[] s_offer = new CompressionOffer { Channel = 0, Methods = [2] }.ToArray();

    private HostileServer Server => range.Server;

    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Frames_that_have_no_place_in_a_session_end_it()
    {
        (string Name, Action<ScriptedClient> Attack)[] cases =
        [
            ("hello", c => c.Send(FrameKind.Hello, [1, 0, 0])),
            ("handshake", c => c.Send(FrameKind.Handshake, [0x15, 0, 0])),
            ("user", c => c.Send(FrameKind.Auth, [0x20, 0, 0])),
            ("empty user", c => c.Send(FrameKind.Auth, [])),
            ("empty session frame", c => c.Send(FrameKind.Session, [])),
            ("empty control frame", c => c.Send(FrameKind.Control, [])),
            ("fill with content", c => c.Send(FrameKind.Fill, [0])),
            ("alert of two bytes", c => c.Send(FrameKind.Alert, [0, 0])),
            ("empty alert", c => c.Send(FrameKind.Alert, [])),
            ("kind 8", c => c.SendRaw(Sealed.Craft(c, 8, 0, 0, []))),
            ("flag", c => c.SendRaw(Sealed.Craft(c, 6, 0x40, 0, []))),
            ("length", c => c.SendRaw(Sealed.Craft(c, 4, 0, 749, []))),
        ];
        foreach ((string name, Action<ScriptedClient> attack) in cases)
        {
            using ScriptedClient client = Server.LogIn();
            attack(client);
            client.ExpectAlert(AlertCode.ProtocolError, name);
        }
    }

    [BinaryFact]
    public void A_flipped_bit_in_any_field_of_any_kind_of_frame_does_not_open()
    {
        (FrameKind Kind, byte[] Payload)[] frames =
        [
            (FrameKind.Session, new Ping { Id = 7 }.ToArray()),
            (FrameKind.Control, [0x32, 0, 9, 1, 0, 0, 0, 0, 0, 0, 0, 1]),
            (FrameKind.Fill, []),
            (FrameKind.Alert, [0]),
        ];
        foreach ((FrameKind kind, byte[] payload) in frames)
        {
            foreach (int position in Sealed.Fields)
            {
                using ScriptedClient client = Server.LogIn();
                client.SendRaw(Sealed.Flip(client.Cut(kind, payload), position, (position + (int)kind) % 8));
                client.ExpectAlert(AlertCode.FrameDidNotOpen, $"{kind}, byte {position}");
            }
        }
    }

    [BinaryFact]
    public void Records_of_T1_are_held_to_their_lengths()
    {
        ClientOffer records = new(TierSet.Between(Tier.PostQuantum, Tier.PostQuantum), Tier.PostQuantum, SuiteList.Default);
        (string Name, AlertCode Code, Func<ScriptedClient, byte[]> Attack)[] cases =
        [
            ("length 0", AlertCode.ProtocolError, _ => [0, 0]),
            ("length 19", AlertCode.ProtocolError, _ => [0, 19]),
            ("length 16401", AlertCode.ProtocolError, _ => [0x40, 0x11]),
            ("length 65535", AlertCode.ProtocolError, _ => [0xFF, 0xFF]),
            ("shorter length", AlertCode.FrameDidNotOpen, c => Sealed.Flip(c.Cut(FrameKind.Session, new Ping { Id = 1 }.ToArray()), 1, 0)),
            ("bit of the kind", AlertCode.FrameDidNotOpen, c => Sealed.Flip(c.Cut(FrameKind.Session, new Ping { Id = 1 }.ToArray()), 2, 0)),
            ("bit of the tag", AlertCode.FrameDidNotOpen, c => Sealed.Flip(c.Cut(FrameKind.Session, new Ping { Id = 1 }.ToArray()), 28, 7)),
            ("a frame instead", AlertCode.ProtocolError, _ => [0xFF, 0xFF, .. new byte[766]]),
            ("fill in a record", AlertCode.ProtocolError, c => Record(c, [6, 0, 0, 0, 0])),
            ("length beyond the record", AlertCode.ProtocolError, c => Record(c, [4, 0, 0, 9, 1])),
        ];
        foreach ((string name, AlertCode code, Func<ScriptedClient, byte[]> attack) in cases)
        {
            using ScriptedClient client = Server.LogIn(records);
            Assert.Equal(Tier.PostQuantum, client.Handshake.Tier);
            client.SendRaw(attack(client));
            client.ExpectAlert(code, name);
        }

        using ScriptedClient good = Server.LogIn(records);
        Assert.Equal("t1\n", good.RunToEnd("echo t1"));
    }

    [BinaryFact]
    public void Types_of_the_server_and_types_that_do_not_exist_end_it()
    {
        byte[] types = [0x00, 0x01, 0x15, 0x20, 0x30, 0x33, 0x3F, 0x48, 0x4A, 0x4C, 0x4F, 0x59, 0x60, 0x61, 0x6F, 0x72, 0x7F, 0x80, 0xC0, 0xFF];
        foreach (byte type in types)
        {
            using ScriptedClient client = Server.LogIn();
            client.SendSession([type, 0, 8, .. new byte[8]]);
            client.ExpectAlert(AlertCode.ProtocolError, $"type {type:x2}");
        }
    }

    [BinaryFact]
    public void Every_message_is_read_to_its_end_and_no_further()
    {
        byte[][] messages =
        [
            s_open,
            Pty(0, [1, 0, 0, 0, 3, 0]),
            new ShellRequest { Channel = 0, Reply = true }.ToArray(),
            new EnvRequest { Channel = 0, Name = "LANG"u8, Value = "C"u8 }.ToArray(),
            new WindowChange { Channel = 0, Columns = 1, Rows = 1, Width = 0, Height = 0 }.ToArray(),
            new SignalRequest { Channel = 0, Name = "INT"u8 }.ToArray(),
            new BreakRequest { Channel = 0, Milliseconds = 1 }.ToArray(),
            new SubsystemRequest { Channel = 0, Reply = true, Name = "sftp"u8 }.ToArray(),
            new ChannelWindow { Channel = 0, Add = 1 }.ToArray(),
            new ChannelEof { Channel = 0 }.ToArray(),
            new ChannelClose { Channel = 0 }.ToArray(),
            new Ping { Id = 1 }.ToArray(),
            new Pong { Id = 1 }.ToArray(),
        ];
        foreach (byte[] message in messages)
        {
            foreach (byte[] broken in (byte[][])[Resize(message, -1), Resize(message, 1), Resize(message, 3 - message.Length)])
            {
                using ScriptedClient client = Server.LogIn();
                client.SendSession(message == s_open ? [broken] : [s_open, broken]);
                ExpectEnd(client, AlertCode.ProtocolError, $"{message[0]:x2} of {broken.Length} bytes");
            }
        }
    }

    [BinaryFact]
    public void Channels_have_one_way_to_live()
    {
        byte[] data = new ChannelData { Channel = 0, Data = new byte[10] }.ToArray();
        byte[] eof = new ChannelEof { Channel = 0 }.ToArray();
        byte[] close = new ChannelClose { Channel = 0 }.ToArray();
        (string Name, byte[][] Messages)[] cases =
        [
            ("an id of the server's", [Open(1)]),
            ("an id left out", [Open(2)]),
            ("the last id", [Open(uint.MaxValue - 1)]),
            ("an id again", [s_open, s_open]),
            ("an id again after its end", [s_open, close, Open(0)]),
            ("data for nobody", [new ChannelData { Channel = 4, Data = new byte[1] }.ToArray()]),
            ("data for the server's next", [new ChannelData { Channel = 1, Data = new byte[1] }.ToArray()]),
            ("close for nobody", [close]),
            ("window for nobody", [new ChannelWindow { Channel = 0, Add = 1 }.ToArray()]),
            ("request for nobody", [ScriptedClient.Exec("true")]),
            ("accept of an own channel", [s_open, new ChannelAccept { Channel = 0, Window = 1 }.ToArray()]),
            ("refusal of an own channel", [s_open, new ChannelRefuse { Channel = 0, Reason = ChannelRefusal.Limit }.ToArray()]),
            ("data after its end", [s_open, eof, data]),
            ("end twice", [s_open, eof, eof]),
            ("standard error from a client", [s_open, new ChannelExtendedData { Channel = 0, Stream = ExtendedStream.StandardError, Data = new byte[1] }.ToArray()]),
            ("stream 2", [s_open, [0x44, 0, 6, 0, 0, 0, 0, 2, 0]]),
            ("data of 32769 bytes", [s_open, [0x43, 0x80, 0x05, 0, 0, 0, 0, .. new byte[32_769]]]),
            ("window beyond 2^31 - 1 at once", [new ChannelOpen { Channel = 0, Kind = ChannelKind.Session, Window = uint.MaxValue, Specifics = default }.ToArray()]),
            ("window sum beyond 2^31 - 1", [s_open, new ChannelWindow { Channel = 0, Add = int.MaxValue }.ToArray()]),
            ("compressed data without an offer", [s_open, [0x4B, 0, 9, 0, 0, 0, 0, 0, 0x0A, 0, 0, 0x61]]),
            ("compression offered twice", [s_open, s_offer, s_offer]),
            ("compressed data in another form", [s_open, s_offer, [0x4B, 0, 9, 0, 0, 0, 0, 0, 0x78, 1, 0, 0x61]]),
            ("compressed data for standard error", [s_open, s_offer, [0x4B, 0, 9, 0, 0, 0, 0, 1, 0x0A, 0, 0, 0x61]]),
            ("a run of 32769 bytes", [s_open, s_offer, [0x4B, 0, 9, 0, 0, 0, 0, 0, 0x0A, 0, 4, 0x61]]),
            ("huge specifics", [[0x40, 0xFF, 0xFF, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 0xFF, .. new byte[65_524]]]),
        ];
        foreach ((string name, byte[][] messages) in cases)
        {
            using ScriptedClient client = Server.LogIn();
            client.SendSession(messages);
            ExpectEnd(client, AlertCode.ProtocolError, name);
        }
    }

    [BinaryFact]
    public void Requests_have_their_order_and_limits()
    {
        byte[] exec = ScriptedClient.Exec("sleep 9");
        byte[] shell = new ShellRequest { Channel = 0, Reply = false }.ToArray();
        byte[] pty = Pty(0, []);
        (string Name, byte[][] Messages)[] cases =
        [
            ("terminal twice", [pty, pty]),
            ("terminal after the start", [exec, pty]),
            ("two commands", [exec, exec]),
            ("shell after a command", [exec, shell]),
            ("subsystem after a command", [exec, new SubsystemRequest { Channel = 0, Reply = true, Name = "sftp"u8 }.ToArray()]),
            ("part without a command", [new CommandPart { Channel = 0, Part = new byte[5] }.ToArray()]),
            ("part after the whole", [exec, new CommandPart { Channel = 0, Part = new byte[5] }.ToArray()]),
            ("part beyond the whole", [ExecHead(10, 5), new CommandPart { Channel = 0, Part = new byte[6] }.ToArray()]),
            ("shell between the parts", [ExecHead(10, 5), shell]),
            ("more than the whole", [[0x52, 0, 12, 0, 0, 0, 0, 1, 0, 0, 0, 2, 65, 65, 65]]),
            ("command of 131073 bytes", [[0x52, 0, 9, 0, 0, 0, 0, 1, 0, 2, 0, 1]]),
            ("command of 4 GiB", [[0x52, 0, 9, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF]]),
            ("reply flag 2", [[0x51, 0, 5, 0, 0, 0, 0, 2]]),
            ("modes without end", [PtyRaw([1, 0, 0, 0, 3])]),
            ("modes with half a pair", [PtyRaw([1, 0, 0, 0])]),
            ("mode 160", [PtyRaw([160, 0, 0, 0, 3, 0])]),
            ("end inside the modes", [PtyRaw([0, 0, 0, 0, 3, 0])]),
            ("modes of 60000 bytes", [PtyRaw([.. Enumerable.Repeat<byte[]>([1, 0, 0, 0, 3], 12_000).SelectMany(x => x), 0])]),
            ("empty term is no fault, a cut one is", [[0x50, 0, 6, 0, 0, 0, 0, 1, 200]]),
        ];
        foreach ((string name, byte[][] messages) in cases)
        {
            using ScriptedClient client = Server.LogIn();
            client.SendSession([s_open, .. messages]);
            ExpectEnd(client, AlertCode.ProtocolError, name);
        }
    }

    [BinaryFact]
    public void Oddities_that_are_no_violation_leave_the_session_working()
    {
        using ScriptedClient client = Server.LogIn();
        client.SendSession(
            s_open,
            new EnvRequest { Channel = 0, Name = "LD_PRELOAD"u8, Value = "/tmp/x.so"u8 }.ToArray(),
            new EnvRequest { Channel = 0, Name = "A=B"u8, Value = new byte[60_000] }.ToArray(),
            new EnvRequest { Channel = 0, Name = default, Value = "\0"u8 }.ToArray(),
            new SignalRequest { Channel = 0, Name = "NO\x1bSUCH"u8 }.ToArray(),
            new SignalRequest { Channel = 0, Name = "KILL"u8 }.ToArray(),
            new BreakRequest { Channel = 0, Milliseconds = uint.MaxValue }.ToArray(),
            new WindowChange { Channel = 0, Columns = uint.MaxValue, Rows = uint.MaxValue, Width = uint.MaxValue, Height = uint.MaxValue }.ToArray(),
            new SubsystemRequest { Channel = 0, Reply = true, Name = "../../bin/sh"u8 }.ToArray(),
            new PtyRequest { Channel = 0, Reply = true, Term = "\x1b]0;x\a"u8, Columns = uint.MaxValue, Rows = 0, Width = 1, Height = uint.MaxValue, Modes = AllModes() }.ToArray(),
            ScriptedClient.Exec("echo $TERM; env | grep -c LD_"));
        List<byte[]> answers = client.ReceiveUntil(ExitStatus.MessageType);
        string output = string.Concat(answers.Where(m => m[0] == ChannelData.MessageType).Select(m => System.Text.Encoding.ASCII.GetString(ChannelData.ReadMessage(m).Data)));
        // One of the modes turns output to capitals.
        Assert.StartsWith("DUMB", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal('0', output.TrimEnd()[^1]);
        client.ReceiveUntil(ChannelClose.MessageType);
        client.SendSession(new ChannelClose { Channel = 0 }.ToArray());

        // Kinds of channels that are closed to a session, and one that nobody knows.
        uint id = 2;
        foreach (byte kind in (byte[])[2, 3, 4, 5, 6, 7, 8, 0, 9, 255])
        {
            client.SendSession(new ChannelOpen { Channel = id, Kind = (ChannelKind)kind, Window = 1, Specifics = new byte[40_000] }.ToArray(), new ChannelData { Channel = id, Data = new byte[30_000] }.ToArray());
            ChannelRefuse refuse = ChannelRefuse.ReadMessage(client.ReceiveUntil(ChannelRefuse.MessageType)[^1]);
            Assert.Equal((id, kind is 0 or > 8 ? ChannelRefusal.UnknownKind : ChannelRefusal.Prohibited), (refuse.Channel, refuse.Reason));
            id += 2;
        }

        Assert.Equal("still\n", client.RunToEnd("echo still", id));
    }

    [BinaryFact]
    public void A_command_with_NUL_is_refused_and_the_connection_stays()
    {
        using ScriptedClient client = Server.LogIn();
        client.SendSession(ScriptedClient.Run("echo a\0b"));
        List<byte[]> answers = client.ReceiveUntil(ChannelClose.MessageType);
        RequestReply reply = RequestReply.ReadMessage(answers.Find(m => m[0] == RequestReply.MessageType)!);
        Assert.False(reply.Ok);
        client.SendSession(new ChannelClose { Channel = 0 }.ToArray());
        Assert.Equal("b\n", client.RunToEnd("echo b", 2));
    }

    [BinaryFact]
    public void A_command_is_bytes_and_arrives_as_they_are()
    {
        using ScriptedClient client = Server.LogIn();
        byte[] command = [.. "printf %s '"u8, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, .. "' | od -An -tx1"u8];
        client.SendSession(s_open, new ExecRequest { Channel = 0, Reply = false, Total = (uint)command.Length, First = command }.ToArray());
        byte[] output = client.ReceiveUntil(ExitStatus.MessageType).Find(m => m[0] == ChannelData.MessageType)!;
        Assert.Equal("ff c3 28 ed a0 80", System.Text.Encoding.ASCII.GetString(ChannelData.ReadMessage(output).Data).Trim());
        client.ReceiveUntil(ChannelClose.MessageType);
    }

    [BinaryFact]
    public void One_session_more_than_the_limit_is_refused_and_a_reset_ends_all_of_them()
    {
        using ScriptedClient client = Server.LogIn();
        for (uint i = 0; i < 11; i++)
            client.SendSession(ScriptedClient.Run("sleep 60", 2 * i));
        ChannelRefuse refuse = ChannelRefuse.ReadMessage(client.ReceiveUntil(ChannelRefuse.MessageType)[^1]);
        Assert.Equal((20u, ChannelRefusal.Limit), (refuse.Channel, refuse.Reason));
        HostileServer.WaitFor(() => Server.Children == 10, "ten sessions run");
        client.Reset();
    }

    [BinaryFact]
    public void A_session_that_is_closed_in_the_moment_it_starts_leaves_no_process()
    {
        using ScriptedClient client = Server.LogIn();
        for (uint i = 0; i < 20; i++)
        {
            client.SendSession([.. ScriptedClient.Run("sleep 61", 2 * i), new ChannelClose { Channel = 2 * i }.ToArray()]);
            client.ReceiveUntil(ChannelClose.MessageType);
        }

        HostileServer.WaitFor(() => Server.Children == 0, $"no session of a closed channel runs ({Server.Children})");
    }

    [BinaryFact]
    public void Data_beyond_the_window_ends_it_and_takes_no_memory()
    {
        using ScriptedClient client = Server.LogIn();
        client.SendSession(ScriptedClient.Run("sleep 9"));
        client.ReceiveUntil(RequestReply.MessageType);
        byte[] data = new ChannelData { Channel = 0, Data = new byte[32_768] }.ToArray();
        long before = Server.Memory;
        for (int i = 0; i < 1024; i++)
            client.SendSession(data);
        ExpectEnd(client, AlertCode.ProtocolError, "32 MiB");
        Assert.InRange(Server.Memory - before, long.MinValue, 24 << 20);
    }

    private static byte[] Open(uint id) => new ChannelOpen { Channel = id, Kind = ChannelKind.Session, Window = 1 << 20, Specifics = default }.ToArray();

    private static byte[] Pty(uint channel, byte[] modes) =>
        new PtyRequest { Channel = channel, Reply = true, Term = "xterm"u8, Columns = 80, Rows = 24, Width = 0, Height = 0, Modes = modes }.ToArray();

    private static byte[] PtyRaw(byte[] modes) =>
        Resize([0x50, 0, 0, 0, 0, 0, 0, 1, 1, 65, .. new byte[16], (byte)(modes.Length >> 8), (byte)modes.Length, .. modes], 0);

    private static byte[] AllModes() => [.. Enumerable.Range(1, 159).SelectMany(op => (byte[])[(byte)op, 0xFF, 0xFF, 0xFF, 0xFF]), 0];

    private static byte[] ExecHead(int total, int first) => Resize([0x52, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, (byte)total, .. new byte[first]], 0);

    private static byte[] Resize(byte[] message, int change)
    {
        byte[] resized = new byte[message.Length + change];
        message.AsSpan(0, Math.Min(message.Length, resized.Length)).CopyTo(resized);
        (resized[1], resized[2]) = ((byte)((resized.Length - 3) >> 8), (byte)(resized.Length - 3));
        return resized;
    }

    private static byte[] Record(ScriptedClient client, byte[] content)
    {
        byte[] record = new byte[2 + content.Length + Frame.TagSize];
        record[1] = (byte)(content.Length + Frame.TagSize);
        content.CopyTo(record, 2);
        client.Writer.Key!.Seal(record.AsSpan(0, 2), record.AsSpan(2));
        return record;
    }

    /// <summary>What was in order before it may be answered; then there is this alert.</summary>
    private static void ExpectEnd(ScriptedClient client, AlertCode code, string step)
    {
        try
        {
            while (client.ReceiveMessage() is { } message)
                Assert.Contains(message[0], (byte[])[0x41, 0x45, 0x47, 0x48, 0x4A]);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{step}: no end");
        }

        Assert.True(client.LastAlert == code, $"{step}: {client.LastAlert}");
        Assert.Empty(client.ReadToEnd().Records);
    }
}

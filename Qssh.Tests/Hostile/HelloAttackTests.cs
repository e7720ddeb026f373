using System.Security.Cryptography;
using System.Text;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Tests.Hostile;

/// <summary>State S1 of the running server: whatever comes instead of a good ClientHello ends with one alert and nothing else.</summary>
[Collection(HostileTests.Name)]
public sealed class HelloAttackTests(HostileRange range) : IDisposable
{
    private const int SharePosition = -2 - 1600; // from the end of a hello without options

    private HostileServer Server => range.Server;

    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Random_bytes_get_an_alert_at_most()
    {
        Random random = new(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] bytes = new byte[random.Next(1, 6000)];
            random.NextBytes(bytes);
            if (i % 3 == 1)
                bytes[0] = 1;
            if (i % 3 == 2 && bytes.Length > 4)
                (bytes[0], bytes[1], bytes[2], bytes[3]) = (1, 0, 2, 252);
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.SendRaw(bytes);
            peer.EndSend();
            Ending ending = peer.ReadToEnd();
            Assert.True(ending.Records.Count == 0 || ending.IsAlert(AlertCode.ProtocolError), $"case {i}: {ending}");
        }

        Server.AssertServes();
    }

    [BinaryFact]
    public void Every_cut_of_the_hello_ends_without_a_word()
    {
        using ScriptedClient template = Server.Connect();
        byte[] flight = template.CutFlight(FrameKind.Hello, 3, template.Hello());
        foreach (int length in (int[])[0, 1, 2, 3, 4, 5, 100, 763, 764, 767, 768, 769, 1535, 1536, 1537, 2303])
        {
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.SendRaw(flight.AsSpan(0, length));
            peer.EndSend();
            Assert.Empty(peer.ReadToEnd().Records);
        }
    }

    [BinaryFact]
    public void Every_cut_of_the_message_inside_whole_frames_is_a_protocol_error()
    {
        using ScriptedClient template = Server.Connect();
        byte[] hello = template.Hello();
        for (int length = 3; length < hello.Length; length += length < 120 ? 1 : 97)
        {
            byte[] cut = hello[..length];
            (cut[1], cut[2]) = ((byte)((length - 3) >> 8), (byte)(length - 3));
            ExpectAlert(AlertCode.ProtocolError, cut, $"cut to {length}");
        }

        ExpectAlert(AlertCode.ProtocolError, WithLength([.. hello, 0]), "one byte too many");
    }

    [BinaryFact]
    public void Announced_sizes_beyond_the_limit_are_refused_before_they_come()
    {
        foreach (int size in (int[])[3818, 4096, 16_384, 65_535])
        {
            byte[] header = new byte[700];
            (header[0], header[1], header[2]) = (1, (byte)(size >> 8), (byte)size);
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.Send(FrameKind.Hello, header);
            peer.ExpectAlert(AlertCode.ProtocolError, $"size {size}");
        }
    }

    [BinaryFact]
    public void Frame_headers_that_are_not_valid_end_it()
    {
        (string Name, Action<byte[]> Change)[] flaws =
        [
            ("kind 0", frame => frame[0] = 0),
            ("kind 8", frame => frame[0] = 8),
            ("kind 255", frame => frame[0] = 255),
            ("handshake", frame => frame[0] = (byte)FrameKind.Handshake),
            ("auth", frame => frame[0] = (byte)FrameKind.Auth),
            ("session", frame => frame[0] = (byte)FrameKind.Session),
            ("control", frame => frame[0] = (byte)FrameKind.Control),
            ("fill", frame => frame[0] = (byte)FrameKind.Fill),
            ("long alert", frame => frame[0] = (byte)FrameKind.Alert),
            ("flags", frame => frame[1] = 1),
            ("high flag", frame => frame[1] = 0x80),
            ("length 765", frame => (frame[2], frame[3]) = (0x02, 0xFD)),
            ("length 65535", frame => (frame[2], frame[3]) = (0xFF, 0xFF)),
            ("empty", frame => (frame[2], frame[3]) = (0, 0)),
        ];
        using ScriptedClient template = Server.Connect();
        byte[] flight = template.CutFlight(FrameKind.Hello, 3, template.Hello());
        foreach ((string name, Action<byte[]> change) in flaws)
        {
            byte[] frames = [.. flight];
            change(frames);
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.SendRaw(frames);
            peer.ExpectAlert(AlertCode.ProtocolError, name);
        }
    }

    [BinaryFact]
    public void Fill_that_is_not_zero_is_refused_in_every_frame()
    {
        using ScriptedClient template = Server.Connect();
        byte[] flight = template.CutFlight(FrameKind.Hello, 3, template.Hello());
        Assert.Equal(0, flight[^1]);
        foreach (int position in (int[])[flight.Length - 1, flight.Length - 200])
        {
            byte[] frames = [.. flight];
            frames[position] = 1;
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.SendRaw(frames);
            peer.ExpectAlert(AlertCode.ProtocolError, $"byte {position}");
        }
    }

    [BinaryFact]
    public void Alerts_before_any_hello_are_not_answered()
    {
        for (int code = 0; code < 256; code += 15)
        {
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.Send(FrameKind.Alert, [(byte)code]);
            Assert.Empty(peer.ReadToEnd().Records);
        }
    }

    [BinaryFact]
    public void Offers_without_common_ground_get_their_own_codes()
    {
        (string Name, AlertCode Code, byte[] Hello)[] cases =
        [
            ("tier 0 only", AlertCode.ClassicalTier, Hello(tiers: [0])),
            ("tier 0 beside others", AlertCode.ClassicalTier, Hello(tiers: [0, 1, 2])),
            ("tiers that are not built", AlertCode.NoCommonSuite, Hello(tiers: [4, 5])),
            ("tiers falling", AlertCode.ProtocolError, Hello(tiers: [2, 1])),
            ("tier twice", AlertCode.ProtocolError, Hello(tiers: [1, 1])),
            ("tier 6", AlertCode.ProtocolError, Hello(tiers: [6])),
            ("version 2 only", AlertCode.Version, Hello(versions: [2])),
            ("versions 9 and 7", AlertCode.Version, Hello(versions: [9, 7])),
            ("version 0", AlertCode.Version, Hello(versions: [0])),
            ("versions rising", AlertCode.ProtocolError, Hello(versions: [1, 2])),
            ("unknown suites", AlertCode.NoCommonSuite, Hello(suites: [0x7F7F, 0x0000, 0xFFFF])),
            ("early suites", AlertCode.NoCommonSuite, Hello(suites: [0x0100, 0x0200, 0x0300])),
            ("host key of another scheme", AlertCode.NoCommonSuite, Hello(suites: [new Suite(KemId.ChKem1024, SignatureScheme.MlDsa44).Code])),
        ];
        foreach ((string name, AlertCode code, byte[] hello) in cases)
            ExpectAlert(code, hello, name);
    }

    [BinaryFact]
    public void Shares_that_are_no_keys_fail_as_one()
    {
        byte[] good = Hello();
        int share = good.Length + SharePosition;
        (string Name, Action<byte[]> Change)[] flaws =
        [
            ("X25519 of order 1", hello => hello.AsSpan(share, 32).Clear()),
            ("X25519 of order 2", hello => Fill(hello.AsSpan(share, 32), 1, 0)),
            ("X25519 p - 1", hello => Fill(hello.AsSpan(share, 32), 0xEC, 0xFF, 0x7F)),
            ("X25519 p", hello => Fill(hello.AsSpan(share, 32), 0xED, 0xFF, 0x7F)),
            ("first coefficient of ML-KEM not below q", hello => (hello[share + 32], hello[share + 33]) = (0xFF, 0xFF)),
            ("all coefficients of ML-KEM not below q", hello => hello.AsSpan(share + 32, 1536).Fill(0xFF)),
        ];
        foreach ((string name, Action<byte[]> change) in flaws)
        {
            byte[] hello = [.. good];
            change(hello);
            ExpectAlert(AlertCode.HandshakeFailed, hello, name);
        }

        // A wrong length is a share that no KEM has.
        ExpectAlert(AlertCode.HandshakeFailed, Hello(share: new byte[1599]), "short share");
        ExpectAlert(AlertCode.HandshakeFailed, Hello(share: []), "no share");
    }

    [BinaryFact]
    public void A_reflected_hello_and_messages_of_servers_are_out_of_place()
    {
        using ScriptedClient client = Server.Connect();
        client.SendHello();
        byte[] flight = new byte[11 * Frame.Size];
        for (int count = 0; count < flight.Length;)
            count += client.Socket.Receive(flight.AsSpan(count));
        using ScriptedPeer reflector = ScriptedPeer.Connect(Server.Port);
        reflector.SendRaw(flight);
        reflector.ExpectAlert(AlertCode.ProtocolError, "server flight");

        foreach (byte type in (byte[])[0, 2, 3, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x20, 0x21, 0x22, 0x23, 0x30, 0x31, 0x32, 0x33, 0x40, 0x52, 0x70, 0xFF])
        {
            byte[] hello = Hello();
            hello[0] = type;
            ExpectAlert(AlertCode.ProtocolError, hello, $"type {type:x2}");
        }
    }

    [BinaryFact]
    public void A_second_hello_in_the_same_flight_or_after_it_is_refused()
    {
        byte[] hello = Hello();
        using (ScriptedPeer peer = ScriptedPeer.Connect(Server.Port))
        {
            peer.SendFlight(FrameKind.Hello, 5, hello, hello);
            peer.ExpectAlert(AlertCode.ProtocolError, "twice in one flight");
        }

        using (ScriptedPeer peer = ScriptedPeer.Connect(Server.Port))
        {
            // Padding ends with the class; a frame more is the next flight, which has to be sealed.
            peer.SendFlight(FrameKind.Hello, 2, hello[..700]);
            peer.ExpectAlert(AlertCode.ProtocolError, "padding inside the message");
        }

        using ScriptedClient client = Server.Connect();
        client.SendHello();
        client.ReceiveFlight();
        RecordWriter clear = new();
        clear.AppendAlone(FrameKind.Hello, hello.AsSpan(0, 700));
        client.SendRaw(clear.Ready.Span);
        client.ExpectAlert(AlertCode.FrameDidNotOpen, "clear frame after keys");
    }

    [BinaryFact]
    public void Options_that_break_the_rules_are_refused()
    {
        byte[] cookie = Option(1, new byte[107]);
        byte[] work = Option(2, new byte[8]);
        (string Name, AlertCode Code, byte[] Options)[] cases =
        [
            ("unknown", AlertCode.ProtocolError, Option(9, [1])),
            ("type 0", AlertCode.ProtocolError, Option(0, [])),
            ("cookie of a wrong length", AlertCode.ProtocolError, Option(1, new byte[106])),
            ("cookie without work", AlertCode.ProtocolError, cookie),
            ("work without cookie", AlertCode.ProtocolError, work),
            ("twice", AlertCode.ProtocolError, [.. cookie, .. cookie]),
            ("falling", AlertCode.ProtocolError, [.. work, .. cookie]),
            ("cut", AlertCode.ProtocolError, [1, 0]),
            ("length beyond the end", AlertCode.ProtocolError, [1, 0xFF, 0xFF]),
            ("early without binder", AlertCode.ProtocolError, Option(3, [2, .. new byte[16]])),
            ("binder without early", AlertCode.ProtocolError, Option(4, new byte[32])),
            ("early of kind 0", AlertCode.ProtocolError, [.. Option(3, [0]), .. Option(4, new byte[32])]),
            ("early of kind 9", AlertCode.ProtocolError, [.. Option(3, [9]), .. Option(4, new byte[32])]),
            ("forged cookie", AlertCode.HandshakeFailed, [.. cookie, .. work]),
        ];
        foreach ((string name, AlertCode code, byte[] options) in cases)
            ExpectAlert(code, Hello(options: options), name);
    }

    [BinaryFact]
    public void Cookies_are_good_for_this_server_and_this_hello_only()
    {
        // Another server's cookie, and one of ours that was changed in each part.
        ClientOffer narrow = new(TierSet.Between(Tier.PostQuantum, Tier.Hardened), Tier.PostQuantum, new SuiteList([new Suite(KemId.XWing, SignatureScheme.MlDsa65), new Suite(KemId.ChKem1024, SignatureScheme.MlDsa65)]));
        byte[] cookie = Retry(out byte[] second);
        Assert.Equal(107, cookie.Length);
        foreach (int position in (int[])[0, 1, 8, 9, 10, 11, 40, 74, 75, 106])
        {
            byte[] changed = [.. second];
            int at = changed.AsSpan().IndexOf(cookie) + position;
            changed[at] ^= 1;
            ExpectAlert(AlertCode.HandshakeFailed, changed, $"cookie byte {position}");
        }

        using (ScriptedPeer good = ScriptedPeer.Connect(Server.Port))
        {
            good.SendFlight(FrameKind.Hello, 3, second);
            Assert.Equal(FrameKind.Hello, good.Receive()!.Value.Kind);
        }

        // A second retry is never given: on the connection that got one, a hello without cookie ends it.
        using ScriptedClient twice = Server.Connect(narrow);
        byte[] hello = twice.Hello();
        twice.SendHello(hello);
        twice.ReceiveRetry();
        twice.SendHello(hello);
        twice.ExpectAlert(AlertCode.ProtocolError, "hello without cookie after a retry");

        byte[] Retry(out byte[] answer)
        {
            using ScriptedClient client = Server.Connect(narrow);
            client.SendHello();
            client.ReceiveRetry();
            answer = client.Hello();
            ClientHello fields = ClientHello.ReadMessage(answer);
            return fields.ReadOptions().Cookie.ToArray();
        }
    }

    [BinaryTheory]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n")]
    [InlineData("SSH-")]
    [InlineData("SSH-1.99-x")]
    public void A_client_of_another_protocol_gets_one_readable_line(string banner)
    {
        using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
        peer.SendRaw(Encoding.ASCII.GetBytes(banner));
        string answer = Encoding.ASCII.GetString(peer.ReadRawToEnd());
        Assert.Matches("\\A[ -~]+\r\n\\z", answer);
        Assert.Contains("QSSH", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("0.", answer, StringComparison.Ordinal);
    }

    [BinaryFact]
    public void Bytes_of_other_protocols_are_not_answered_with_text()
    {
        foreach (string text in (string[])["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "S", "SS", "SSX-2.0\r\n", "\x16\x03\x01\x02\x00", "HELO x\r\n"])
        {
            using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
            peer.SendRaw(Encoding.ASCII.GetBytes(text));
            peer.EndSend();
            Assert.Empty(peer.ReadRawToEnd());
        }
    }

    private static void Fill(Span<byte> key, byte first, byte middle, byte? last = null)
    {
        key.Fill(middle);
        key[0] = first;
        key[^1] = last ?? middle;
    }

    private static byte[] Option(byte type, byte[] value) => [type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] WithLength(byte[] message)
    {
        (message[1], message[2]) = ((byte)((message.Length - 3) >> 8), (byte)(message.Length - 3));
        return message;
    }

    /// <summary>A hello with what the encoder would refuse, put together by hand.</summary>
    private static byte[] Hello(ushort[]? versions = null, byte[]? tiers = null, ushort[]? suites = null, byte[]? share = null, byte[]? options = null)
    {
        versions ??= [1];
        tiers ??= [1, 2];
        suites ??= [new Suite(KemId.ChKem1024, SignatureScheme.MlDsa65).Code];
        options ??= [];
        using HybridKemKey key = HybridKem.Find((byte)KemId.ChKem1024)!.GenerateKey();
        share ??= key.Share.ToArray();
        List<byte> body = [.. "QSSH"u8, (byte)(2 * versions.Length)];
        foreach (ushort version in versions)
            body.AddRange((byte)(version >> 8), (byte)version);
        body.AddRange(RandomNumberGenerator.GetBytes(32));
        body.Add((byte)tiers.Length);
        body.AddRange(tiers);
        body.Add((byte)(2 * suites.Length));
        foreach (ushort suite in suites)
            body.AddRange((byte)(suite >> 8), (byte)suite);
        body.Add((byte)KemId.ChKem1024);
        body.AddRange((byte)(share.Length >> 8), (byte)share.Length);
        body.AddRange(share);
        body.AddRange((byte)(options.Length >> 8), (byte)options.Length);
        body.AddRange(options);
        return WithLength([1, 0, 0, .. body]);
    }

    private void ExpectAlert(AlertCode code, byte[] hello, string step)
    {
        using ScriptedPeer peer = ScriptedPeer.Connect(Server.Port);
        peer.SendFlight(FrameKind.Hello, hello.Length <= 3 * Frame.ClearPayload ? 3 : 5, hello);
        peer.ExpectAlert(code, step);
    }
}

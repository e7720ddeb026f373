using System.Text;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Tests.Hostile;

/// <summary>States C1 and C2 of the running client: what a false server says in the clear.</summary>
[Collection(HostileTests.Name)]
public sealed class FalseHelloTests(FalseServer server) : IClassFixture<FalseServer>
{
    [BinaryFact]
    public void Nothing_but_the_hello_leaves_before_the_flight_and_nothing_but_an_alert_before_it_is_whole()
    {
        ProgramRun run = server.Run([], peer =>
        {
            byte[] hello = peer.ReadHello();
            Assert.Equal(ClientHello.MessageType, hello[0]);
            Assert.Equal(3 * Frame.Size, peer.ReceivedBytes);
            Thread.Sleep(150);
            Assert.Equal(0, peer.Socket.Available);
            Assert.DoesNotContain(Environment.UserName, Encoding.Latin1.GetString(hello), StringComparison.Ordinal);
            peer.Handshake.ConsumeClientHello(hello, new HelloContext(new CookieJar(), new byte[16], 0));
            peer.SendServerHello();
            byte[][] flight = peer.Flight(server.Key.Key.PublicKey, server.Key.Key);
            peer.SendFlight(FrameKind.Handshake, 0, flight[..3]);
            Thread.Sleep(150);
            Assert.Equal(0, peer.Socket.Available);
            flight[3][^1] ^= 1;
            // Eight frames so far: the class is sixteen.
            peer.SendFlight(FrameKind.Handshake, 8, flight[3]);
            peer.EndSend();
            peer.ExpectAlert(AlertCode.HandshakeFailed, "finished");
        });
        FalseServer.AssertOneLine(run, "handshake failed: ServerFinished does not verify", "finished");
    }

    [BinaryFact]
    public void Every_alert_in_the_clear_is_shown_by_its_fixed_text_and_believed_once()
    {
        for (int code = 0; code < 20; code++)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReadHello();
                peer.Send(FrameKind.Alert, [(byte)code]);
                Assert.Empty(peer.ReadToEnd().Records);
            });
            if (code != (int)AlertCode.NoCommonSuite)
                FalseServer.AssertOneLine(run, System.Text.RegularExpressions.Regex.Escape(AlertText.Of((AlertCode)code)), $"alert {code}");
            else
                AssertNoKeyThatIsKnown(run);
        }
    }

    /// <summary>Types that are known of the host were offered, and no others: a host that takes none of them is not the one that was meant.</summary>
    private static void AssertNoKeyThatIsKnown(ProgramRun run)
    {
        Assert.Equal((255, ""), (run.ExitCode, run.Text));
        Assert.Contains("WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", run.Errors);
        Assert.Contains("has no key of a type that is stored for it", run.Errors);
    }

    [BinaryFact]
    public void Bytes_that_are_no_frames_end_it()
    {
        Random random = new(2);
        byte[] noise = new byte[4000];
        random.NextBytes(noise);
        noise[0] = 0xA5;
        (string Name, string Text, Action<ScriptedServer> Script)[] cases =
        [
            ("noise", "handshake failed: frame header", p => p.SendRaw(noise)),
            ("zeros", "handshake failed: frame header", p => p.SendRaw(new byte[768])),
            ("web server", "handshake failed: frame header", p => p.SendRaw([.. "HTTP/1.1 400 Bad Request\r\n\r\n"u8, .. new byte[800]])),
            ("web server, short", "closed by|ended the connection", p => p.SendRaw("HTTP/1.1 400 Bad Request\r\n\r\n"u8)),
            ("SSH-2", "SSH-2, not QSSH/1", p => p.SendRaw("SSH-2.0-OpenSSH_9.9 \x1b[31mred\r\n"u8)),
            ("half a frame", "closed by", p => p.SendRaw([1, 0, 0, 5, .. new byte[300]])),
            ("nothing", "closed by|ended the connection", _ => { }),
            ("alert of two bytes", "handshake failed", p => p.Send(FrameKind.Alert, [1, 1])),
            ("alert of none", "handshake failed", p => p.Send(FrameKind.Alert, [])),
            ("sealed kind in the clear", "handshake failed", p => p.Send(FrameKind.Handshake, [0x10, 0, 0])),
            ("session in the clear", "handshake failed", p => p.Send(FrameKind.Session, [0x70, 0, 4, 0, 0, 0, 0])),
            ("empty frame", "handshake failed", p => p.Send(FrameKind.Hello, [])),
            ("hello of a client", "handshake failed", p => p.SendFlight(FrameKind.Hello, 3, p.ReadHello())),
            ("huge message", "handshake failed", p => p.Send(FrameKind.Hello, [3, 0xFF, 0xFF])),
        ];
        foreach ((string name, string text, Action<ScriptedServer> script) in cases)
        {
            ProgramRun run = server.Run([], peer =>
            {
                script(peer);
                peer.EndSend();
                peer.ReadRawToEnd();
                Assert.InRange(peer.ReceivedBytes, 0, 4 * Frame.Size);
            });
            FalseServer.AssertOneLine(run, text, name);
        }
    }

    [BinaryFact]
    public void A_choice_that_was_not_offered_is_refused()
    {
        (string Name, AlertCode Code, Action<byte[]> Change)[] cases =
        [
            ("version 2", AlertCode.ProtocolError, h => h[4] = 2),
            ("version 0", AlertCode.ProtocolError, h => h[4] = 0),
            ("tier 0", AlertCode.ProtocolError, h => h[37] = 0),
            ("tier 3", AlertCode.ProtocolError, h => h[37] = 3),
            ("tier 6", AlertCode.ProtocolError, h => h[37] = 6),
            ("suite 0", AlertCode.ProtocolError, h => (h[38], h[39]) = (0, 0)),
            ("early suite", AlertCode.ProtocolError, h => h[39] = 0),
            ("falcon", AlertCode.ProtocolError, h => h[39] = 1),
            ("another KEM", AlertCode.ProtocolError, h => h[38] = 3),
            ("accepted psk", AlertCode.ProtocolError, h => h[40] = 2),
            ("accepted 9", AlertCode.ProtocolError, h => h[40] = 9),
            ("zero point", AlertCode.HandshakeFailed, h => h.AsSpan(43, 32).Clear()),
        ];
        foreach ((string name, AlertCode code, Action<byte[]> change) in cases)
        {
            ProgramRun run = server.Run(["-o", "HostKeyAlgorithms=mldsa65"], peer =>
            {
                peer.ReceiveHello();
                byte[] hello = peer.ServerHello();
                change(hello);
                peer.SendFlight(FrameKind.Hello, 3, hello);
                peer.ExpectAlert(code, name);
            });
            FalseServer.AssertOneLine(run, "handshake failed: ", name);
        }

        foreach (int length in (int[])[1599, 1601, 0])
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReceiveHello();
                byte[] hello = peer.ServerHello();
                byte[] changed = [.. hello[..43], .. new byte[length]];
                (changed[1], changed[2]) = ((byte)((changed.Length - 3) >> 8), (byte)(changed.Length - 3));
                (changed[41], changed[42]) = ((byte)(length >> 8), (byte)length);
                peer.SendFlight(FrameKind.Hello, 3, changed);
                peer.ExpectAlert(AlertCode.HandshakeFailed, $"ciphertext of {length}");
            });
            FalseServer.AssertOneLine(run, "KEM ciphertext refused", $"ciphertext of {length}");
        }
    }

    [BinaryFact]
    public void A_tier_below_the_own_minimum_was_not_offered()
    {
        ProgramRun run = server.Run(new ServerOffer(TierSet.Between(Tier.PostQuantum, Tier.Hardened), ScriptedServer.DefaultOffer.Suites), ["-o", "MinTier=T2"], peer =>
        {
            peer.ReceiveHello();
            byte[] hello = peer.ServerHello();
            hello[37] = 1;
            peer.SendFlight(FrameKind.Hello, 3, hello);
            peer.ExpectAlert(AlertCode.ProtocolError, "T1");
        });
        FalseServer.AssertOneLine(run, "tier that was not offered", "T1");
    }

    [BinaryFact]
    public void Retries_are_followed_once_and_within_the_offer()
    {
        byte[] cookie = new byte[107];
        (string Name, string Text, Action<ScriptedServer> Script)[] cases =
        [
            ("twice", "handshake failed", p => { SendRetry(p, 1, 0, cookie); p.ReadHello(); SendRetry(p, 1, 0, cookie); }),
            ("KEM that was not offered", "KEM that was not offered", p => SendRetry(p, 9, 0, cookie)),
            ("KEM 0", "KEM that was not offered", p => SendRetry(p, 0, 0, cookie)),
            ("work of 21 bits", "handshake failed", p => SendRetry(p, 1, 21, cookie)),
            ("work of 255 bits", "handshake failed", p => SendRetry(p, 1, 255, cookie)),
            ("short cookie", "handshake failed", p => SendRetry(p, 1, 0, cookie[..106])),
            ("no cookie", "handshake failed", p => SendRetry(p, 1, 0, [])),
            ("second frame", "handshake failed|closed", p => { p.SendFlight(FrameKind.Hello, 3, RetryMessage(1, 0, cookie)); p.ReadHello(); }),
        ];
        foreach ((string name, string text, Action<ScriptedServer> script) in cases)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReadHello();
                script(peer);
                peer.EndSend();
                peer.ExpectAlert(AlertCode.ProtocolError, name);
            });
            FalseServer.AssertOneLine(run, text, name);
        }
    }

    [BinaryFact]
    public void The_most_work_that_may_be_asked_for_is_done_and_the_login_goes_on_to_the_host()
    {
        using SigningKey other = server.Key.Key.Algorithm.GenerateKey();
        ProgramRun run = server.Run(["-o", "StrictHostKeyChecking=yes"], peer =>
        {
            peer.ReceiveHello(busy: true, work: 16);
            peer.SendFlight(FrameKind.Hello, 1, peer.Retry());
            peer.ReceiveHello();
            peer.SendServerHello();
            peer.SendFlight(peer.Flight(other.PublicKey, other));
            peer.ExpectAlert(AlertCode.Policy, "host refused");
        });
        Assert.Contains("IDENTIFICATION HAS CHANGED", run.Errors, StringComparison.Ordinal);
        Assert.Equal(255, run.ExitCode);
    }

    private static byte[] RetryMessage(byte kem, byte work, byte[] cookie) => [2, 0, (byte)(3 + cookie.Length), kem, work, (byte)cookie.Length, .. cookie];

    private static void SendRetry(ScriptedServer peer, byte kem, byte work, byte[] cookie) => peer.Send(FrameKind.Hello, RetryMessage(kem, work, cookie));
}

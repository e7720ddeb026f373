using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Hostile;

/// <summary>States C3 to C7 of the running client: hosts that are not who they say, and logins that do not end as they should.</summary>
[Collection(HostileTests.Name)]
public sealed class FalseHostTests(FalseServer server) : IClassFixture<FalseServer>
{
    private SigningKey Key => server.Key.Key;

    [BinaryFact]
    public void A_changed_host_key_is_told_loudly_and_the_host_learns_nothing()
    {
        using SigningKey other = Key.Algorithm.GenerateKey();
        foreach (string checking in (string[])["yes", "no", "accept-new", "ask"])
        {
            ProgramRun run = server.Run(["-o", "StrictHostKeyChecking=" + checking, "-o", "BatchMode=yes"], peer =>
            {
                peer.ReceiveHello();
                peer.SendServerHello();
                peer.SendFlight(peer.Flight(other.PublicKey, other));
                peer.ExpectAlert(AlertCode.Policy, checking);
            });
            Assert.Equal((255, 0), (run.ExitCode, run.Output.Length));
            Assert.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", run.Errors, StringComparison.Ordinal);
            Assert.EndsWith("Host key verification failed.\n", run.Errors, StringComparison.Ordinal);
            FalseServer.AssertPrintable(run.Errors, checking);
        }
    }

    [BinaryFact]
    public void Proofs_that_do_not_prove_fail_as_one()
    {
        using SigningKey other = Key.Algorithm.GenerateKey();
        byte[] relayed = [];
        server.Run([], peer =>
        {
            peer.ReceiveHello();
            peer.SendServerHello();
            relayed = peer.Flight(Key.PublicKey, Key)[2];
        });
        (string Name, Func<byte[][], byte[][]> Change, SigningKey Signer)[] cases =
        [
            ("signed by another key", f => f, other),
            ("relayed from another handshake", f => [f[0], f[1], relayed, f[3]], Key),
            ("first byte of the signature", f => Flip(f, 2, 5), Key),
            ("last byte of the signature", f => Flip(f, 2, f[2].Length - 1), Key),
            ("banner added after signing", f => Flip(f, 0, f[0].Length - 2, grow: true), Key),
            ("first byte of finished", f => Flip(f, 3, 3), Key),
            ("last byte of finished", f => Flip(f, 3, 34), Key),
        ];
        foreach ((string name, Func<byte[][], byte[][]> change, SigningKey signer) in cases)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReceiveHello();
                peer.SendServerHello();
                peer.SendFlight(change(peer.Flight(Key.PublicKey, signer)));
                peer.EndSend();
                Ending ending = peer.ReadToEnd();
                Assert.True(ending.IsAlert(name.StartsWith("banner", StringComparison.Ordinal) ? AlertCode.ProtocolError : AlertCode.HandshakeFailed), $"{name}: {ending}");
            });
            FalseServer.AssertOneLine(run, "handshake failed: ", name);
        }
    }

    [BinaryFact]
    public void The_flight_has_one_order_one_size_and_one_kind()
    {
        (string Name, Action<ScriptedServer, byte[][]> Send)[] cases =
        [
            ("finished first", (p, f) => p.SendFlight(FrameKind.Handshake, 8, f[3])),
            ("identity first", (p, f) => p.SendFlight(FrameKind.Handshake, 8, f[1], f[0], f[2], f[3])),
            ("parameters twice", (p, f) => p.SendFlight(FrameKind.Handshake, 8, f[0], f[0], f[1], f[2], f[3])),
            ("no proof", (p, f) => p.SendFlight(FrameKind.Handshake, 8, f[0], f[1], f[3])),
            ("proof before identity", (p, f) => p.SendFlight(FrameKind.Handshake, 8, f[0], f[2], f[1], f[3])),
            ("hello again", (p, f) => p.SendFlight(FrameKind.Hello, 3, f[0])),
            ("auth instead", (p, _) => p.Send(FrameKind.Auth, ScriptedServer.AuthResultMessage(0, 0))),
            ("session instead", (p, _) => p.Send(FrameKind.Session, [0x70, 0, 4, 0, 0, 0, 0])),
            ("control instead", (p, _) => p.Send(FrameKind.Control, [0x32, 0, 9, 1, 0, 0, 0, 0, 0, 0, 0, 1])),
            ("fill instead", (p, _) => p.Send(FrameKind.Fill, [])),
            ("padding before the end", (p, f) => { p.SendFlight(FrameKind.Handshake, 0, f[0]); p.Send(FrameKind.Handshake, []); }),
            ("message after finished", (p, f) => p.SendFlight(FrameKind.Handshake, 16, [.. f, f[0]])),
            ("fill that is not zero", (p, f) => p.SendRaw(Sealed.Craft(p, 2, 0, f[0].Length, f[0], fill: 1))),
            ("kind 0", (p, _) => p.SendRaw(Sealed.Craft(p, 0, 0, 0, []))),
            ("huge message", (p, _) => p.Send(FrameKind.Handshake, [0x10, 0xFF, 0xFF])),
            ("parameters of no scheme's length", (p, f) => p.SendFlight(FrameKind.Handshake, 8, [0x10, 0, 1, 1])),
            ("identity of another scheme", (p, f) => { f[1][4] = 5; p.SendFlight(FrameKind.Handshake, 8, f); }),
            ("identity one byte short", (p, f) => p.SendFlight(FrameKind.Handshake, 8, f[0], Shorten(f[1]), f[2], f[3])),
        ];
        foreach ((string name, Action<ScriptedServer, byte[][]> send) in cases)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReceiveHello();
                peer.SendServerHello();
                send(peer, peer.Flight(Key.PublicKey, Key));
                peer.EndSend();
                peer.ExpectAlert(AlertCode.ProtocolError, name);
            });
            FalseServer.AssertOneLine(run, "handshake failed: ", name);
        }

        // A banner of this size makes ten frames of sixteen.
        ProgramRun padded = server.RunWith(new byte[2000], peer =>
        {
            peer.ReceiveHello();
            peer.SendServerHello();
            byte[][] flight = peer.Flight(Key.PublicKey, Key);
            peer.SendFlight(FrameKind.Handshake, 12, flight);
            peer.SendFlight(FrameKind.Handshake, 1, flight[0][..20]);
            peer.ExpectAlert(AlertCode.ProtocolError, "padding with content");
        });
        FalseServer.AssertOneLine(padded, "handshake failed: ", "padding with content");
    }

    [BinaryFact]
    public void Certificates_and_flipped_bits_have_their_own_codes()
    {
        ProgramRun certificate = server.Run([], peer =>
        {
            peer.ReceiveHello();
            peer.SendServerHello();
            byte[][] flight = peer.Flight(Key.PublicKey, Key);
            flight[1][3] = 2;
            peer.SendFlight(flight);
            peer.ExpectAlert(AlertCode.Policy, "certificate");
        });
        FalseServer.AssertOneLine(certificate, "certificates", "certificate");

        foreach (int position in Sealed.Fields)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReceiveHello();
                peer.SendServerHello();
                byte[] frames = peer.CutFlight(FrameKind.Handshake, 8, peer.Flight(Key.PublicKey, Key));
                peer.SendRaw(Sealed.Flip(frames, position % 8 * Frame.Size + position, position % 8));
                peer.ExpectAlert(AlertCode.FrameDidNotOpen, $"byte {position}");
            });
            FalseServer.AssertOneLine(run, "frame did not open", $"byte {position}");
        }
    }

    [BinaryFact]
    public void A_stream_that_ends_inside_the_handshake_is_told_as_such()
    {
        Action<ScriptedServer>[] ends =
        [
            _ => { },
            p => p.ReadHello(),
            p => { p.ReceiveHello(); p.SendServerHello(); },
            p => { p.ReceiveHello(); p.SendServerHello(); p.SendFlight(FrameKind.Handshake, 0, p.Flight(Key.PublicKey, Key)[..2]); },
            p => { p.ReceiveHello(); p.SendServerHello(); p.SendRaw(p.CutFlight(FrameKind.Handshake, 8, p.Flight(Key.PublicKey, Key)).AsSpan(0, 7 * 768 + 300)); },
            p => p.SendGoodFlight(Key),
            p => { p.SendGoodFlight(Key); p.ReceiveFinished(); p.ReceiveUserAuth(); },
        ];
        for (int i = 0; i < ends.Length; i++)
        {
            foreach (bool reset in (bool[])[false, true])
            {
                int which = i;
                ProgramRun run = server.Run([], peer =>
                {
                    ends[which](peer);
                    if (reset)
                        peer.Reset();
                });
                FalseServer.AssertOneLine(run, "closed by|ended the connection|lost|reset", $"end {i}, reset {reset}");
            }
        }
    }

    [BinaryFact]
    public void Alerts_after_keys_are_shown_by_their_fixed_text()
    {
        foreach (byte code in (byte[])[0, 1, 5, 7, 9, 10, 12, 13, 14, 255])
        {
            ProgramRun flight = server.Run([], peer =>
            {
                peer.ReceiveHello();
                peer.SendServerHello();
                peer.Send(FrameKind.Alert, [code]);
                Assert.Empty(peer.ReadToEnd().Records);
            });
            FalseServer.AssertOneLine(flight, System.Text.RegularExpressions.Regex.Escape(AlertText.Of((AlertCode)code)), $"alert {code} in the flight");

            ProgramRun login = server.Run([], peer =>
            {
                peer.SendGoodFlight(Key);
                peer.ReceiveFinished();
                peer.ReceiveUserAuth();
                peer.Send(FrameKind.Alert, [code]);
                Assert.Empty(peer.ReadToEnd().Records);
            });
            FalseServer.AssertOneLine(login, code == 7 ? "Permission denied" : System.Text.RegularExpressions.Regex.Escape(AlertText.Of((AlertCode)code)), $"alert {code} after the claim");
        }
    }

    [BinaryFact]
    public void A_banner_arrives_escaped()
    {
        byte[] nasty = [.. "Welcome\x1b]0;title\x07\x1b[2J\x1b[31m to \u202Eevil\n\u009b1mline two\r\nuser@host's password: \x08\x08\0\x7f"u8, 0xFF, 0xC2, 0x9B];
        byte[] claim = [];
        ProgramRun run = Denied(nasty, ref claim);
        Assert.Equal(255, run.ExitCode);
        FalseServer.AssertPrintable(run.Errors, "banner");
        Assert.DoesNotContain("\u202E", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Welcome\\u{1b}]0;title", run.Errors, StringComparison.Ordinal);
        Assert.Contains("\nline two\n", run.Errors.Replace("\\u{9b}1m", "", StringComparison.Ordinal), StringComparison.Ordinal);
        UserAuth shown = UserAuth.ReadMessage(claim);
        Assert.Equal(Environment.UserName, Encoding.ASCII.GetString(shown.User));

        // The largest that the protocol allows, in one line and in two thousand.
        foreach (byte filling in (byte[])[(byte)'x', (byte)'\n', 0x1B])
        {
            ProgramRun large = Denied([.. Enumerable.Repeat(filling, 2048)], ref claim);
            Assert.Equal(255, large.ExitCode);
            FalseServer.AssertPrintable(large.Errors, "large banner");
        }
    }

    [BinaryFact]
    public void Results_that_make_no_sense_end_it()
    {
        (string Name, Action<ScriptedServer> Send)[] cases =
        [
            ("status 3", p => p.Send(FrameKind.Auth, ScriptedServer.AuthResultMessage(3, 1))),
            ("cut", p => p.Send(FrameKind.Auth, [0x21, 0, 2, 0, 0])),
            ("one byte more", p => p.Send(FrameKind.Auth, [.. ScriptedServer.AuthResultMessage(0, 0), 0])),
            ("five tickets", p => p.Send(FrameKind.Auth, [0x21, 0, 192, 0, 0, 0, .. new byte[8], 5, .. new byte[180]])),
            ("result of attaching", p => p.Send(FrameKind.Auth, [0x23, 0, 8, .. new byte[8]])),
            ("claim of a user", p => p.Send(FrameKind.Auth, [0x20, 0, 0])),
            ("empty frame", p => p.Send(FrameKind.Auth, [])),
            ("two results", p => p.SendFlight(FrameKind.Auth, 1, ScriptedServer.AuthResultMessage(1, 5), ScriptedServer.AuthResultMessage(0, 0))),
            ("session first", p => p.Send(FrameKind.Session, [0x41, 0, 8, .. new byte[8]])),
            ("handshake again", p => p.Send(FrameKind.Handshake, [0x13, 0, 32, .. new byte[32]])),
            ("fill", p => p.Send(FrameKind.Fill, [])),
        ];
        foreach ((string name, Action<ScriptedServer> send) in cases)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.SendGoodFlight(Key);
                peer.ReceiveFinished();
                peer.ReceiveUserAuth();
                send(peer);
                peer.EndSend();
                peer.ExpectAlert(AlertCode.ProtocolError, name);
            });
            FalseServer.AssertOneLine(run, ": ", name);
        }
    }

    [BinaryFact]
    public void A_server_cannot_make_a_client_try_for_ever()
    {
        // Says after each attempt that 255 are left: one key is one attempt.
        int attempts = 0;
        ProgramRun run = server.Run([], peer =>
        {
            peer.SendGoodFlight(Key);
            peer.ReceiveFinished();
            while (attempts < 20)
            {
                try
                {
                    peer.ReceiveUserAuth();
                }
                catch (Xunit.Sdk.XunitException)
                {
                    break;
                }

                attempts++;
                peer.SendAuthResult(AuthStatus.Failure, 255);
            }
        });
        Assert.Equal(1, attempts);
        FalseServer.AssertOneLine(run, "Permission denied", "255 left");
    }

    private ProgramRun Denied(byte[] banner, ref byte[] claim)
    {
        byte[] shown = [];
        ProgramRun run = server.RunWith(banner, peer =>
        {
            peer.SendGoodFlight(Key);
            peer.ReceiveFinished();
            shown = peer.ReceiveUserAuth();
            peer.SendAuthResult(AuthStatus.Failure, 0);
            peer.ReadToEnd();
        });
        claim = shown;
        return run;
    }

    private static byte[][] Flip(byte[][] flight, int message, int position, bool grow = false)
    {
        if (grow)
        {
            // The length of the banner, which stands before the flag for QKD.
            flight[message][^2] = 1;
            return flight;
        }

        flight[message][position] ^= 1;
        return flight;
    }

    private static byte[] Shorten(byte[] message)
    {
        byte[] shorter = message[..^1];
        (shorter[1], shorter[2]) = ((byte)((shorter.Length - 3) >> 8), (byte)(shorter.Length - 3));
        int length = shorter.Length - 7;
        (shorter[5], shorter[6]) = ((byte)(length >> 8), (byte)length);
        return shorter;
    }
}

using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Hostile;

/// <summary>States S2 to S4 of the running server: every frame that is not the next one ends the connection.</summary>
[Collection(HostileTests.Name)]
public sealed class HandshakeAttackTests(HostileRange range) : IDisposable
{
    private HostileServer Server => range.Server;

    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Only_client_finished_is_taken_after_the_flight()
    {
        byte[] open = new ChannelOpen { Channel = 0, Kind = ChannelKind.Session, Window = 1, Specifics = default }.ToArray();
        (string Name, AlertCode Code, Action<ScriptedClient> Attack)[] cases =
        [
            ("user before finished", AlertCode.ProtocolError, c => c.Send(FrameKind.Auth, [0x20, 0, 0])),
            ("channel before login", AlertCode.ProtocolError, c => c.Send(FrameKind.Session, open)),
            ("rekey before login", AlertCode.ProtocolError, c => c.Send(FrameKind.Control, [0x32, 0, 9])),
            ("fill before login", AlertCode.ProtocolError, c => c.Send(FrameKind.Fill, [])),
            ("hello again, sealed", AlertCode.ProtocolError, c => c.Send(FrameKind.Hello, [1, 0, 0])),
            ("empty frame", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [])),
            ("finished twice", AlertCode.ProtocolError, c => { byte[] f = c.Finished(); c.SendFlight(FrameKind.Handshake, 1, f, f); }),
            ("finished and a byte", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [.. c.Finished(), 0])),
            ("finished and a header", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [.. c.Finished(), 0x20, 0, 0])),
            ("finished cut", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [0x15, 0, 31, .. c.Finished()[3..34]])),
            ("finished of another length", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [0x15, 0, 33, .. c.Finished()[3..], 0])),
            ("the server's own finished", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [0x13, 0, 32, .. c.Finished()[3..]])),
            ("quantum key at T2", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [0x14, 0, 19, 0, .. new byte[18]])),
            ("huge message", AlertCode.ProtocolError, c => c.Send(FrameKind.Handshake, [0x15, 0xFF, 0xFF])),
            ("wrong mac", AlertCode.HandshakeFailed, c => c.Send(FrameKind.Handshake, Sealed.Flip(c.Finished(), 3, 0))),
            ("wrong mac at its end", AlertCode.HandshakeFailed, c => c.Send(FrameKind.Handshake, Sealed.Flip(c.Finished(), 34, 7))),
            ("mac of zeros", AlertCode.HandshakeFailed, c => c.Send(FrameKind.Handshake, [0x15, 0, 32, .. new byte[32]])),
        ];
        foreach ((string name, AlertCode code, Action<ScriptedClient> attack) in cases)
        {
            using ScriptedClient client = Server.ConnectToFlight();
            attack(client);
            client.ExpectAlert(code, name);
        }
    }

    [BinaryFact]
    public void Each_type_of_message_is_out_of_place_but_one()
    {
        for (int type = 0; type < 0x80; type++)
        {
            if (type is 0x15 or > 0x33 and < 0x40)
                continue;
            using ScriptedClient client = Server.ConnectToFlight();
            byte[] message = client.Finished();
            message[0] = (byte)type;
            client.Send(FrameKind.Handshake, message);
            client.ExpectAlert(AlertCode.ProtocolError, $"type {type:x2} in S2");
        }
    }

    [BinaryFact]
    public void Headers_and_fill_of_sealed_frames_are_checked()
    {
        (string Name, Func<ScriptedClient, byte[], byte[]> Frame)[] flaws =
        [
            ("kind 0", (c, f) => Sealed.Craft(c, 0, 0, f.Length, f)),
            ("kind 8", (c, f) => Sealed.Craft(c, 8, 0, f.Length, f)),
            ("kind 255", (c, f) => Sealed.Craft(c, 255, 0, f.Length, f)),
            ("flag", (c, f) => Sealed.Craft(c, 2, 1, f.Length, f)),
            ("length 749", (c, f) => Sealed.Craft(c, 2, 0, 749, f)),
            ("length 65535", (c, f) => Sealed.Craft(c, 2, 0, 65_535, f)),
            ("fill", (c, f) => Sealed.Craft(c, 2, 0, f.Length, f, fill: 1)),
        ];
        foreach ((string name, Func<ScriptedClient, byte[], byte[]> frame) in flaws)
        {
            using ScriptedClient client = Server.ConnectToFlight();
            client.SendRaw(frame(client, client.Finished()));
            client.ExpectAlert(AlertCode.ProtocolError, name);
        }
    }

    [BinaryFact]
    public void A_flipped_bit_in_any_field_of_finished_does_not_open()
    {
        foreach (int position in Sealed.Fields)
        {
            using ScriptedClient client = Server.ConnectToFlight();
            client.SendRaw(Sealed.Flip(client.Cut(FrameKind.Handshake, client.Finished()), position, position % 8));
            client.ExpectAlert(AlertCode.FrameDidNotOpen, $"byte {position}");
        }
    }

    [BinaryFact]
    public void Frames_of_another_moment_key_or_connection_do_not_open()
    {
        using ScriptedClient other = Server.ConnectToFlight();
        byte[] foreign = other.Cut(FrameKind.Handshake, other.Finished());
        using (ScriptedClient client = Server.ConnectToFlight())
        {
            client.SendRaw(foreign);
            client.ExpectAlert(AlertCode.FrameDidNotOpen, "finished of another connection");
        }

        using (ScriptedClient client = Server.ConnectToFlight())
        {
            _ = client.Cut(FrameKind.Handshake, []);
            client.Send(FrameKind.Handshake, client.Finished());
            client.ExpectAlert(AlertCode.FrameDidNotOpen, "a frame was cut out");
        }

        using (ScriptedClient client = Server.ConnectToFlight())
        {
            byte[] finished = client.Cut(FrameKind.Handshake, client.Finished());
            client.SendRaw([.. finished, .. finished]);
            client.EnterSession();
            client.ExpectAlert(AlertCode.FrameDidNotOpen, "finished replayed");
        }

        using (ScriptedClient client = Server.ConnectToFlight())
        {
            client.Send(FrameKind.Handshake, client.Finished());
            client.Send(FrameKind.Auth, new byte[100]);
            client.EnterSession();
            client.ExpectAlert(AlertCode.FrameDidNotOpen, "user under the handshake key");
        }
    }

    [BinaryFact]
    public void A_flipped_bit_in_any_field_of_the_hello_is_noticed_by_one_side()
    {
        using ScriptedClient template = Server.Connect();
        byte[] plain = template.Hello();
        int suites = 3 + 4 + 3 + 32 + 3;
        int share = plain.Length - 2 - 1600;
        int[] positions = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 14, 20, 45, 46, 48, 49, suites + 1, suites + 2, share - 3, share - 1, share, share + 31, share + 40, plain.Length - 2, plain.Length - 1];
        foreach (int position in positions)
        {
            using ScriptedClient client = Server.Connect();
            byte[] hello = client.Hello();
            byte[] frames = client.CutFlight(FrameKind.Hello, 3, hello);
            int wire = Frame.HeaderSize + position + (position >= Frame.ClearPayload ? Frame.HeaderSize : 0) + (position >= 2 * Frame.ClearPayload ? Frame.HeaderSize : 0);
            Assert.Equal(hello[position], frames[wire]);
            client.SendRaw(Sealed.Flip(frames, wire, 1));
            AlertCode? code = OutcomeOf(client);
            Assert.True(code is AlertCode.ProtocolError or AlertCode.HandshakeFailed or AlertCode.Version or AlertCode.FrameDidNotOpen or AlertCode.ClassicalTier or AlertCode.NoCommonSuite, $"byte {position}: {code}");
        }
    }

    /// <summary>The server's alert, or ours where the keys of the two sides differ; a message that became longer is waited for in vain.</summary>
    private static AlertCode? OutcomeOf(ScriptedClient client)
    {
        client.EndSend();
        try
        {
            client.ReceiveFlight();
            return null;
        }
        catch (ProtocolException fault)
        {
            return fault.Code;
        }
        catch (InvalidOperationException)
        {
            return AlertCode.ProtocolError;
        }
        catch (Xunit.Sdk.XunitException fault)
        {
            // "expected Hello, got Alert[1] 01"
            return Enum.Parse<AlertCode>(Convert.ToInt32(fault.Message.TrimEnd()[^2..], 16).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [BinaryFact]
    public void Nothing_but_a_user_is_taken_before_login()
    {
        byte[] open = new ChannelOpen { Channel = 0, Kind = ChannelKind.Session, Window = 1, Specifics = default }.ToArray();
        (string Name, Action<ScriptedClient> Attack)[] cases =
        [
            ("channel", c => c.Send(FrameKind.Session, open)),
            ("ping", c => c.Send(FrameKind.Session, new Ping { Id = 1 }.ToArray())),
            ("rekey", c => c.Send(FrameKind.Control, [0x32, 0, 9, 1, 0, 0, 0, 0, 0, 0, 0, 1])),
            ("fill", c => c.Send(FrameKind.Fill, [])),
            ("finished again", c => c.Send(FrameKind.Handshake, [0x15, 0, 32, .. new byte[32]])),
            ("hello", c => c.Send(FrameKind.Hello, [1, 0, 0])),
            ("attach without an attach secret", c => c.SendFlight(FrameKind.Auth, 4, [0x22, 0, 8, .. new byte[8]])),
            ("result of a server", c => c.SendFlight(FrameKind.Auth, 4, [0x21, 0, 12, .. new byte[12]])),
            ("empty frame", c => c.Send(FrameKind.Auth, [])),
            ("channel inside the frames of a user", c => c.SendFlight(FrameKind.Auth, 4, open)),
            ("message beyond the flight", c => c.Send(FrameKind.Auth, [0x20, 0xFF, 0xFF])),
            ("kind 0", c => c.SendRaw(Sealed.Craft(c, 0, 0, 0, []))),
            ("fill that is not zero", c => c.SendRaw(Sealed.Craft(c, 3, 0, 3, [0x20, 0, 0], fill: 9))),
            ("alert of two bytes", c => c.Send(FrameKind.Alert, [0, 0])),
            ("alert of none", c => c.Send(FrameKind.Alert, [])),
        ];
        foreach ((string name, Action<ScriptedClient> attack) in cases)
        {
            using ScriptedClient client = Server.ConnectToLogin();
            attack(client);
            client.ExpectAlert(AlertCode.ProtocolError, name);
        }
    }

    [BinaryFact]
    public void Connections_dropped_at_each_state_leave_nothing()
    {
        Action<ScriptedClient>[] states =
        [
            _ => { },
            c => c.SendRaw([1]),
            c => c.SendHello(),
            c => { c.SendHello(); c.ReceiveFlight(); },
            c => { c.SendHello(); c.ReceiveFlight(); c.SendFinished(); },
            c => { c.SendHello(); c.ReceiveFlight(); c.SendFinished(); c.Send(FrameKind.Auth, new byte[] { 0x20, 8, 0 }); },
            c => { c.SendHello(); c.ReceiveFlight(); c.SendFinished(); c.SendUserAuth(c.UserAuth("nobody-here", Server.Key)); },
            c => { c.SendHello(); c.ReceiveFlight(); c.SendFinished(); c.SendUserAuth(c.UserAuth(Server.User, Server.Key)); },
        ];
        foreach (bool reset in (bool[])[true, false])
        {
            foreach (Action<ScriptedClient> reach in states)
            {
                for (int i = 0; i < 3; i++)
                {
                    using ScriptedClient client = Server.Connect();
                    reach(client);
                    if (reset)
                        client.Reset();
                }
            }
        }

        Server.AssertServes();
    }
}

using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Connection;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Tests.Hostile;

/// <summary>Control frames against the running server: switches and exchanges that are out of place, false or too many.</summary>
[Collection(HostileTests.Name)]
public sealed class RekeyAttackTests(HostileRange range) : IDisposable
{
    private HostileServer Server => range.Server;

    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Control_messages_out_of_place_or_malformed_end_the_session()
    {
        using HybridKemKey key = HybridKem.Find((byte)KemId.ChKem1024)!.GenerateKey();
        byte[] share = key.Share.ToArray();
        (string Name, AlertCode Code, byte[][] Messages)[] cases =
        [
            ("full switch without an exchange", AlertCode.ProtocolError, [Switch(2, 1, 0)]),
            ("full switch to the present generation", AlertCode.ProtocolError, [Switch(2, 0, 0)]),
            ("ratchet to step 0", AlertCode.ProtocolError, [Switch(1, 0, 0)]),
            ("ratchet to step 2", AlertCode.ProtocolError, [Switch(1, 0, 2)]),
            ("ratchet of another generation", AlertCode.ProtocolError, [Switch(1, 1, 1)]),
            ("switch of kind 3", AlertCode.ProtocolError, [Switch(3, 0, 1)]),
            ("reply without a start", AlertCode.ProtocolError, [[0x31, 6, 70, 0, 0, 0, 1, 6, 64, .. new byte[1600]]]),
            ("acknowledgement without detaching", AlertCode.ProtocolError, [[0x33, 0, 8, .. new byte[8]]]),
            ("session message", AlertCode.ProtocolError, [new Ping { Id = 1 }.ToArray()]),
            ("type 34", AlertCode.ProtocolError, [[0x34, 0, 0]]),
            ("huge control message", AlertCode.ProtocolError, [[0x30, 0xFF, 0xFF]]),
            ("generation 0", AlertCode.ProtocolError, [Init(0, 1, share)]),
            ("generation 2", AlertCode.ProtocolError, [Init(2, 1, share)]),
            ("last generation", AlertCode.ProtocolError, [Init(uint.MaxValue, 1, share)]),
            ("another KEM", AlertCode.ProtocolError, [Init(1, 2, share)]),
            ("short share", AlertCode.ProtocolError, [Init(1, 1, share[..^1])]),
            ("no share", AlertCode.ProtocolError, [Init(1, 1, [])]),
            ("share that is no key", AlertCode.HandshakeFailed, [Init(1, 1, [.. share[..32], .. Enumerable.Repeat((byte)0xFF, 1568)])]),
            ("share of small order", AlertCode.HandshakeFailed, [Init(1, 1, [.. new byte[32], .. share[32..]])]),
            ("quantum key at T2", AlertCode.ProtocolError, [InitWithQkd(share)]),
        ];
        foreach ((string name, AlertCode code, byte[][] messages) in cases)
        {
            using ScriptedClient client = Server.LogIn();
            client.SendFlight(FrameKind.Control, 0, messages);
            Ending ending = client.ReadToEnd();
            Assert.True(ending.IsAlert(code), $"{name}: {ending}");
        }
    }

    [BinaryFact]
    public void A_second_start_inside_an_exchange_and_a_missing_switch_end_it()
    {
        using HybridKemKey key = HybridKem.Find((byte)KemId.ChKem1024)!.GenerateKey();
        byte[] share = key.Share.ToArray();
        using (ScriptedClient client = Server.LogIn())
        {
            // Answered, then refused: the server's alert is under the keys of generation 1, which this client has not.
            client.SendFlight(FrameKind.Control, 0, Init(1, 1, share), Init(2, 1, share));
            Assert.Equal(AlertCode.FrameDidNotOpen, Assert.Throws<ProtocolException>(() => client.ReadToEnd()).Code);
        }

        using (ScriptedClient client = Server.LogIn())
        {
            client.SendFlight(FrameKind.Control, 0, Init(1, 1, share), Switch(2, 1, 0));
            Assert.Equal(AlertCode.FrameDidNotOpen, Assert.Throws<ProtocolException>(() => client.ReadToEnd()).Code);
        }

        using (ScriptedClient client = Server.LogIn())
        {
            // Ratchets announced, but the next frame is still under the old key.
            client.SendFlight(FrameKind.Control, 0, Switch(1, 0, 1));
            client.Send(FrameKind.Session, new Ping { Id = 1 }.ToArray());
            client.ExpectAlert(AlertCode.FrameDidNotOpen, "old key after a switch");
        }
    }

    [BinaryFact]
    public void Eight_rekeys_are_carried_out_and_the_ninth_is_too_much()
    {
        using ScriptedClient client = Server.LogIn();
        RekeyMachine machine = client.UseRekey();
        for (uint i = 0; i < 8; i++)
        {
            client.Perform(machine.Start(TimeSpan.Zero));
            Exchange(client, machine);
            Assert.Equal($"{i}\n", client.RunToEnd($"echo {i}", 2 * i));
        }

        client.Perform(machine.Start(TimeSpan.Zero));
        client.ExpectAlert(AlertCode.SessionLimit, "ninth");
    }

    [BinaryFact]
    public void A_thousand_ratchets_are_followed()
    {
        using ScriptedClient client = Server.LogIn();
        RekeyMachine machine = client.UseRekey();
        for (int i = 0; i < 1000; i++)
            client.Perform(machine.Ratchet());
        Assert.Equal("here\n", client.RunToEnd("echo here"));
    }

    private static void Exchange(ScriptedClient client, RekeyMachine machine)
    {
        using Qssh.Wire.MessageAssembler assembler = new(4096);
        while (!machine.State.IsIdle)
        {
            ReceivedRecord record = client.Receive() ?? throw new InvalidOperationException("the server ended the stream inside an exchange");
            Assert.Equal(FrameKind.Control, record.Kind);
            Qssh.Wire.MessageCursor cursor = assembler.Feed(record.Payload);
            while (cursor.TryNext(out ReadOnlySpan<byte> message))
                client.Perform(machine.Consume(message, message.Length == record.Payload.Length, TimeSpan.Zero));
        }
    }

    private static byte[] Init(uint generation, byte kem, byte[] share) =>
        new RekeyInit { Generation = generation, Kem = kem, Share = share, HasQkd = false }.ToArray();

    private static byte[] InitWithQkd(byte[] share) =>
        new RekeyInit { Generation = 1, Kem = 1, Share = share, HasQkd = true, KeyId = new byte[16], Qber = 1 }.ToArray();

    private static byte[] Switch(byte kind, uint generation, uint step) =>
        [0x32, 0, 9, kind, 0, 0, 0, (byte)generation, 0, 0, 0, (byte)step];
}

using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using Xunit;
using static Qssh.Tests.Support.ProtocolVectors;

namespace Qssh.Tests.Handshake;

public sealed class RekeyMachineTests
{
    private static readonly HybridKem s_kem = HybridKem.Find(1)!;

    [Theory]
    [InlineData("rekey_by_client", 1)]
    [InlineData("rekey_by_server", 2)]
    public void Known_answers(string section, int initiator)
    {
        Assert.Equal(initiator, Hex(section, "initiator_role")[0]);
        using RekeyMachine starter = Machine((HandshakeRole)initiator);
        using RekeyMachine answerer = Machine((HandshakeRole)(3 - initiator));
        RekeyStep[] start = starter.Start(s_kem.KeyFromSeed(Hex(section, "kem_seed")), default);
        Assert.Equal(Hex("rekey_by_client", "RI"), Message(start[0], RekeyStepKind.Send));
        RekeyStep[] answer = answerer.Consume(start[0].Message.Span, false, default, Hex(section, "kem_encap_seed"));
        Assert.Equal(Hex("rekey_by_client", "RR"), Message(answer[0], RekeyStepKind.Send));
        RekeyStep[] end = starter.Consume(answer[0].Message.Span, false, default);

        byte[] full = new KeySwitch { Kind = KeySwitchKind.Full, Generation = 1, Step = 0 }.ToArray();
        Assert.Equal(full, Message(answer[1], RekeyStepKind.SendAlone));
        Assert.Equal(full, Message(end[0], RekeyStepKind.SendAlone));
        Assert.Equal(RekeyStepKind.SwitchSending, answer[2].Kind);
        Assert.Equal(RekeyStepKind.SwitchSending, end[1].Kind);
        starter.Consume(full, true, default);
        answerer.Consume(full, true, default);

        foreach ((RekeyMachine machine, bool isClient) in ((RekeyMachine, bool)[])[(starter, initiator == 1), (answerer, initiator == 2)])
        {
            Assert.Equal(Hex(section, "client_traffic"), (isClient ? machine.Secrets.Sending : machine.Secrets.Receiving).Bytes.ToArray());
            Assert.Equal(Hex(section, "server_traffic"), (isClient ? machine.Secrets.Receiving : machine.Secrets.Sending).Bytes.ToArray());
            Assert.Equal(Hex(section, "rekey_root"), machine.Secrets.Schedule.RootBytes.ToArray());
            Assert.True(machine.State.IsIdle);
        }
    }

    [Fact]
    public void Ratchet_known_answer()
    {
        using RekeyMachine client = Machine(HandshakeRole.Client);
        client.Ratchet();
        client.Ratchet();
        RekeyStep[] steps = client.Ratchet();
        Assert.Equal(new KeySwitch { Kind = KeySwitchKind.Ratchet, Generation = 0, Step = 3 }.ToArray(), Message(steps[0], RekeyStepKind.SendAlone));
        Assert.Equal(Hex("ratchet", "step3"), client.Secrets.Sending.Bytes.ToArray());
        Assert.Equal(Hex("ratchet", "step3_key"), steps[1].Key!.Key.ToArray());
        Assert.Equal(Hex("ratchet", "step3_iv"), steps[1].Key!.Iv.ToArray());
    }

    [Fact]
    public void A_key_switch_must_be_alone()
    {
        using RekeyMachine client = Machine(HandshakeRole.Client);
        using RekeyMachine server = Machine(HandshakeRole.Server);
        byte[] ratchet = client.Ratchet()[0].Message.ToArray();
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.Consume(ratchet, false, default)));
        Assert.Equal(RekeyStepKind.SwitchReceiving, Assert.Single(server.Consume(ratchet, true, default)).Kind);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.Consume(ratchet, true, default)));
    }

    [Fact]
    public void What_is_no_rekey_message_or_another_kem_or_has_qkd_is_refused()
    {
        using RekeyMachine server = Machine(HandshakeRole.Server);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.Consume([], false, default)));
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.Consume([0x33, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0], false, default)));
        byte[] share = new byte[s_kem.ShareSize];
        RefuseInit(server, new RekeyInit { Generation = 1, Kem = 2, Share = share, HasQkd = false }.ToArray(), AlertCode.ProtocolError);
        RefuseInit(server, new RekeyInit { Generation = 1, Kem = 1, Share = share.AsSpan(1), HasQkd = false }.ToArray(), AlertCode.ProtocolError);
        RefuseInit(server, new RekeyInit { Generation = 2, Kem = 1, Share = share, HasQkd = false }.ToArray(), AlertCode.ProtocolError);
        RefuseInit(server, new RekeyInit { Generation = 1, Kem = 1, Share = share, HasQkd = true, KeyId = new byte[16] }.ToArray(), AlertCode.ProtocolError);
        RefuseInit(server, new RekeyInit { Generation = 1, Kem = 1, Share = share, HasQkd = false }.ToArray(), AlertCode.HandshakeFailed);
        Assert.True(server.State.IsIdle);
        Assert.Equal(Hex("schedule", "server_traffic"), server.Secrets.Sending.Bytes.ToArray());
    }

    [Fact]
    public void Truncated_and_changed_messages_never_agree()
    {
        byte[] init = Hex("rekey_by_client", "RI");
        using RekeyMachine refusing = Machine(HandshakeRole.Server);
        for (int length = 0; length < init.Length; length++)
            Refused(() => refusing.Consume(init.AsSpan(0, length), false, default));

        for (int i = 0; i < init.Length; i += i < 16 ? 1 : 97)
        {
            byte[] changed = [.. init];
            changed[i] ^= 1;
            using RekeyMachine client = Machine(HandshakeRole.Client);
            using RekeyMachine server = Machine(HandshakeRole.Server);
            client.Start(s_kem.KeyFromSeed(Hex("rekey_by_client", "kem_seed")), default);
            try
            {
                client.Consume(server.Consume(changed, false, default)[0].Message.Span, false, default);
            }
            catch (ProtocolException)
            {
                continue;
            }

            Assert.False(client.Secrets.Schedule.RootBytes.SequenceEqual(server.Secrets.Schedule.RootBytes), $"byte {i}");
        }
    }

    [Fact]
    public void A_crossing_is_won_by_the_client()
    {
        using RekeyMachine client = Machine(HandshakeRole.Client);
        using RekeyMachine server = Machine(HandshakeRole.Server);
        byte[] fromClient = client.Start(default)[0].Message.ToArray();
        byte[] fromServer = server.Start(default)[0].Message.ToArray();
        Assert.Empty(client.Consume(fromServer, false, default));
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.Consume(fromServer, false, default)));
        RekeyStep[] answer = server.Consume(fromClient, false, default);
        client.Consume(answer[0].Message.Span, false, default);
        Assert.Equal(client.Secrets.Schedule.RootBytes.ToArray(), server.Secrets.Schedule.RootBytes.ToArray());
        Assert.Equal(client.Secrets.Sending.Bytes.ToArray(), NextReceivingAfterFull(server));
    }

    [Fact]
    public void Secrets_are_wiped_on_dispose()
    {
        RekeyMachine client = Machine(HandshakeRole.Client);
        client.Start(default);
        (TrafficSecret sending, TrafficSecret receiving, RekeySchedule schedule) = client.Secrets;
        client.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sending.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => receiving.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => schedule.RootBytes.Length);
    }

    [Fact]
    public void The_old_generation_is_wiped_when_it_is_left()
    {
        using RekeyMachine client = Machine(HandshakeRole.Client);
        using RekeyMachine server = Machine(HandshakeRole.Server);
        (TrafficSecret sending, TrafficSecret receiving, _) = server.Secrets;
        RekeyStep[] answer = server.Consume(client.Start(default)[0].Message.Span, false, default);
        Assert.Throws<ObjectDisposedException>(() => sending.Bytes.Length);
        Assert.Equal(32, receiving.Bytes.Length);
        server.Consume(client.Consume(answer[0].Message.Span, false, default)[0].Message.Span, true, default);
        Assert.Throws<ObjectDisposedException>(() => receiving.Bytes.Length);
    }

    private static byte[] NextReceivingAfterFull(RekeyMachine server)
    {
        byte[] full = new KeySwitch { Kind = KeySwitchKind.Full, Generation = 1, Step = 0 }.ToArray();
        server.Consume(full, true, default);
        return server.Secrets.Receiving.Bytes.ToArray();
    }

    private static void RefuseInit(RekeyMachine machine, byte[] message, AlertCode alert) =>
        Assert.Equal(alert, Refused(() => machine.Consume(message, false, default)));

    private static byte[] Message(RekeyStep step, RekeyStepKind kind)
    {
        Assert.Equal(kind, step.Kind);
        return step.Message.ToArray();
    }

    private static RekeyMachine Machine(HandshakeRole role)
    {
        using SessionSecrets session = SessionSecrets.FromMaster(Hex("schedule", "MS"));
        return new RekeyMachine(role, s_kem, session, RekeyLimits.Default, default);
    }

    private static AlertCode Refused(Action action) => Assert.Throws<ProtocolException>(action).Code;
}

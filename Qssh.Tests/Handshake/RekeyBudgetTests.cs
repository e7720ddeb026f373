using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Xunit;

namespace Qssh.Tests.Handshake;

public sealed class RekeyBudgetTests
{
    private static readonly RekeyLimits s_small = new()
    {
        RatchetFrames = 10,
        RatchetBytes = 5_000,
        RatchetAge = TimeSpan.FromSeconds(20),
        KeyFrames = 50,
        FullBytes = 30_000,
        FullAge = TimeSpan.FromSeconds(60),
        ExchangeAge = TimeSpan.FromSeconds(10),
        ExchangeBytes = 2_000,
        PeerRekeys = 2,
        PeerWindow = TimeSpan.FromSeconds(5),
    };

    [Fact]
    public void Defaults_are_the_protocols()
    {
        RekeyLimits limits = RekeyLimits.Default;
        Assert.Equal((1L << 20, 1L << 30, 120.0), (limits.RatchetFrames, limits.RatchetBytes, limits.RatchetAge.TotalSeconds));
        Assert.Equal((1L << 24, 64L << 30, 3600.0), (limits.KeyFrames, limits.FullBytes, limits.FullAge.TotalSeconds));
        Assert.Equal((120.0, 1L << 30), (limits.ExchangeAge.TotalSeconds, limits.ExchangeBytes));
        Assert.Equal((8, 60.0), (limits.PeerRekeys, limits.PeerWindow.TotalSeconds));
    }

    [Fact]
    public void Frames_bytes_and_age_ask_for_a_ratchet()
    {
        using RekeyMachine machine = Machine();
        for (int i = 0; i < 9; i++)
            machine.CountSent(10);
        Assert.Equal(RekeyAdvice.Nothing, machine.Advise(Seconds(19)));
        machine.CountSent(10);
        Assert.Equal(RekeyAdvice.Ratchet, machine.Advise(Seconds(19)));
        machine.Ratchet();

        // The switch is still in the queue: no second one is asked for.
        Assert.Equal(RekeyAdvice.Nothing, machine.Advise(Seconds(19)));
        machine.SendingSwitched(Seconds(19));
        Assert.Equal(RekeyAdvice.Nothing, machine.Advise(Seconds(50)));
        machine.CountSent(10);
        Assert.Equal(RekeyAdvice.Nothing, machine.Advise(Seconds(38)));
        Assert.Equal(RekeyAdvice.Ratchet, machine.Advise(Seconds(39)));
        machine.Ratchet();
        machine.SendingSwitched(Seconds(39));
        machine.CountSent(5_000);
        Assert.Equal(RekeyAdvice.Ratchet, machine.Advise(Seconds(39)));
    }

    [Fact]
    public void Bytes_both_ways_and_age_ask_for_a_full_rekey()
    {
        using RekeyMachine machine = Machine();
        machine.CountSent(4_000);
        for (int i = 0; i < 6; i++)
            machine.CountReceived(4_333);
        Assert.Equal(RekeyAdvice.Nothing, machine.Advise(Seconds(1)));
        machine.CountReceived(2);
        Assert.Equal(RekeyAdvice.Full, machine.Advise(Seconds(1)));
        machine.Start(Seconds(1));
        Assert.NotEqual(RekeyAdvice.Full, machine.Advise(Seconds(2)));

        using RekeyMachine old = Machine();
        Assert.Equal(RekeyAdvice.Nothing, old.Advise(Seconds(59)));
        Assert.Equal(RekeyAdvice.Full, old.Advise(Seconds(60)));
    }

    [Fact]
    public void A_finished_exchange_starts_the_counts_anew()
    {
        using RekeyMachine client = Machine();
        using RekeyMachine server = Machine(HandshakeRole.Server);
        RekeyStep[] answer = server.Consume(client.Start(Seconds(60))[0].Message.Span, false, Seconds(60));
        client.Consume(answer[0].Message.Span, false, Seconds(60));
        client.Consume(answer[1].Message.Span, true, Seconds(61));
        Assert.Null(client.ExchangeDeadline);
        Assert.NotNull(server.ExchangeDeadline);
        Assert.Equal(RekeyAdvice.Nothing, client.Advise(Seconds(120)));
        Assert.Equal(RekeyAdvice.Full, client.Advise(Seconds(121)));
    }

    [Fact]
    public void Frames_under_one_key_end_hard()
    {
        using RekeyMachine machine = Machine();
        for (int i = 0; i < 50; i++)
            machine.CountReceived(1);
        Assert.Equal(AlertCode.SessionLimit, Refused(() => machine.CountReceived(1)));
        for (int i = 0; i < 50; i++)
            machine.CountSent(1);
        Assert.Equal(AlertCode.SessionLimit, Refused(() => machine.CountSent(1)));
    }

    [Fact]
    public void An_exchange_that_stays_open_ends_the_connection()
    {
        using RekeyMachine machine = Machine();
        machine.Start(Seconds(3));
        Assert.Equal(Seconds(13), machine.ExchangeDeadline);
        machine.Advise(Seconds(12));
        Assert.Equal(AlertCode.SessionLimit, Refused(() => machine.Advise(Seconds(13))));
        machine.CountSent(2_000);
        Assert.Equal(AlertCode.SessionLimit, Refused(() => machine.CountSent(1)));
    }

    [Fact]
    public void A_peer_that_rekeys_all_the_time_is_disconnected()
    {
        using RekeyMachine client = Machine();
        using RekeyMachine server = Machine(HandshakeRole.Server);
        Exchange(client, server, Seconds(0));
        Exchange(client, server, Seconds(4));
        byte[] third = client.Start(Seconds(5))[0].Message.ToArray();
        Assert.Equal(AlertCode.SessionLimit, Refused(() => server.Consume(third, false, Seconds(5))));
        server.Consume(third, false, Seconds(5.1));
    }

    private static void Exchange(RekeyMachine client, RekeyMachine server, TimeSpan now)
    {
        RekeyStep[] answer = server.Consume(client.Start(now)[0].Message.Span, false, now);
        RekeyStep[] end = client.Consume(answer[0].Message.Span, false, now);
        client.Consume(answer[1].Message.Span, true, now);
        server.Consume(end[0].Message.Span, true, now);
    }

    private static TimeSpan Seconds(double value) => TimeSpan.FromSeconds(value);

    private static RekeyMachine Machine(HandshakeRole role = HandshakeRole.Client)
    {
        using SessionSecrets session = SessionSecrets.FromMaster(new byte[32]);
        return new RekeyMachine(role, HybridKem.Find((byte)KemId.XWing)!, session, s_small, default);
    }

    private static AlertCode Refused(Action action) => Assert.Throws<ProtocolException>(action).Code;
}

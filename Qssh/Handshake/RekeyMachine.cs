using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>
/// Ratchet and full rekey of one open connection (docs/protocol.md, section 8), for either role. Owns the traffic secrets and the rekey
/// root. Control messages and own decisions go in; what comes out is a list of <see cref="RekeyStep"/> to be performed in order. Nothing
/// here waits: sending steps may be queued, each carries the key that it switches to.
/// </summary>
internal sealed partial class RekeyMachine : IDisposable
{
    private readonly HandshakeRole _role;
    private readonly HybridKem _kem;
    private readonly RekeySchedule _schedule;
    private readonly RekeyBudget _budget;
    private TrafficSecret _sending;
    private TrafficSecret _receiving;
    private TrafficSecret? _nextReceiving;
    private HybridKemKey? _ownKey;
    private byte[]? _ownInit;
    private int _pendingSwitches;

    /// <param name="session">Its traffic secrets and rekey schedule are taken.</param>
    /// <param name="kem">The session's KK.</param>
    public RekeyMachine(HandshakeRole role, HybridKem kem, SessionSecrets session, RekeyLimits limits, TimeSpan now)
    {
        _role = role;
        _kem = kem;
        TrafficSecret client = session.TakeClientTraffic();
        TrafficSecret server = session.TakeServerTraffic();
        (_sending, _receiving) = role == HandshakeRole.Client ? (client, server) : (server, client);
        _schedule = session.TakeRekeySchedule();
        _budget = new RekeyBudget(limits, now);
        State = RekeyState.Initial(role);
    }

    public RekeyState State { get; private set; }

    /// <summary>When to call <see cref="Advise"/> at the latest; null: no exchange is open.</summary>
    public TimeSpan? ExchangeDeadline => _budget.ExchangeDeadline;

    /// <summary>For tests: the secrets in use.</summary>
    internal (TrafficSecret Sending, TrafficSecret Receiving, RekeySchedule Schedule) Secrets => (_sending, _receiving, _schedule);

    private HandshakeRole PeerRole => _role == HandshakeRole.Client ? HandshakeRole.Server : HandshakeRole.Client;

    /// <summary>One frame or record was sealed; throws at a hard limit.</summary>
    public void CountSent(int bytes) => _budget.CountSent(1, bytes);

    /// <summary>One frame or record was opened; throws at a hard limit.</summary>
    public void CountReceived(int bytes) => _budget.CountReceived(1, bytes);

    /// <summary>So many frames or records of so many bytes together were sealed; throws at a hard limit.</summary>
    public void CountSent(int records, long bytes) => _budget.CountSent(records, bytes);

    /// <summary>So many frames or records of so many bytes together were opened; throws at a hard limit.</summary>
    public void CountReceived(int records, long bytes) => _budget.CountReceived(records, bytes);

    /// <summary>What a soft limit asks for, when there is something to send; throws when an exchange is overdue.</summary>
    /// <param name="mayStart">Whether the owner may start a full rekey now; a ratchet that is due does not wait for it.</param>
    public RekeyAdvice Advise(TimeSpan now, bool mayStart = true)
    {
        _budget.CheckExchange(now);
        if (mayStart && State.IsIdle && _budget.IsFullDue(now))
            return RekeyAdvice.Full;
        return _pendingSwitches == 0 && _budget.IsRatchetDue(now) ? RekeyAdvice.Ratchet : RekeyAdvice.Nothing;
    }

    /// <summary>KS1.</summary>
    public RekeyStep[] Ratchet()
    {
        RekeyState next = State.SendRatchet();
        _sending.Ratchet();
        State = next;
        return SwitchSending(KeySwitchKind.Ratchet);
    }

    /// <summary>RI1. Only when <see cref="RekeyState.IsIdle"/>.</summary>
    public RekeyStep[] Start(TimeSpan now)
    {
        RekeyState next = State.Start();
        return Start(next, _kem.GenerateKey(), now);
    }

    /// <summary>The derandomised form, for known answers.</summary>
    internal RekeyStep[] Start(HybridKemKey key, TimeSpan now) => Start(State.Start(), key, now);

    /// <summary>A SwitchSending step was performed.</summary>
    public void SendingSwitched(TimeSpan now)
    {
        _pendingSwitches--;
        _budget.SendingSwitched(now);
    }

    public void Dispose()
    {
        _sending.Dispose();
        _receiving.Dispose();
        _nextReceiving?.Dispose();
        _schedule.Dispose();
        ForgetOwn();
    }

    private RekeyStep[] Start(RekeyState next, HybridKemKey key, TimeSpan now)
    {
        _ownKey = key;
        _ownInit = new RekeyInit { Generation = next.NextGeneration, Kem = (byte)_kem.Id, Share = key.Share, HasQkd = false }.ToArray();
        _budget.ExchangeOpened(now);
        State = next;
        return [RekeyStep.Send(_ownInit)];
    }

    private void ForgetOwn()
    {
        _ownKey?.Dispose();
        _ownKey = null;
        _ownInit = null;
    }

    private RekeyStep[] SwitchSending(KeySwitchKind kind)
    {
        byte[] message = new KeySwitch { Kind = kind, Generation = State.SendGeneration, Step = State.SendStep }.ToArray();
        _pendingSwitches++;
        return [RekeyStep.SendAlone(message), RekeyStep.SwitchSending(_sending)];
    }
}

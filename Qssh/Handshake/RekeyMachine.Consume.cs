using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>The receiving half: RI, RR and KS of the peer.</summary>
internal sealed partial class RekeyMachine
{
    /// <summary>One whole control message. A method that throws has changed nothing; disconnect.</summary>
    /// <param name="isAlone">Whether it was the only message in its frame, beginning and ending there.</param>
    public RekeyStep[] Consume(ReadOnlySpan<byte> message, bool isAlone, TimeSpan now) => Consume(message, isAlone, now, default);

    /// <summary>The derandomised form, for known answers; with an empty seed the KEM draws its own.</summary>
    internal RekeyStep[] Consume(ReadOnlySpan<byte> message, bool isAlone, TimeSpan now, ReadOnlySpan<byte> encapSeed)
    {
        switch (MessageHeader.Read(message).Type)
        {
            case RekeyInit.MessageType:
                return ConsumeInit(message, now, encapSeed);
            case RekeyReply.MessageType:
                return ConsumeReply(message);
            case KeySwitch.MessageType:
                return ConsumeSwitch(message, isAlone, now);
            default:
                throw new ProtocolException(AlertCode.ProtocolError, "not a rekey message");
        }
    }

    /// <summary>RI2, RR1 to RR3.</summary>
    private RekeyStep[] ConsumeInit(ReadOnlySpan<byte> message, TimeSpan now, ReadOnlySpan<byte> encapSeed)
    {
        RekeyInit init = RekeyInit.ReadMessage(message);
        if (init.Kem != (byte)_kem.Id || init.Share.Length != _kem.ShareSize)
            ProtocolException.Throw("RekeyInit with another KEM than the session's");
        if (init.HasQkd)
            ProtocolException.Throw("RekeyInit with a QKD key in a session without");
        RekeyState next = State.ReceiveInit(init.Generation, out bool dropped);
        _budget.CountPeerStart(now);
        if (dropped)
        {
            State = next;
            return [];
        }

        Span<byte> ciphertext = stackalloc byte[_kem.CiphertextSize];
        Span<byte> z = stackalloc byte[HybridKem.SecretSize];
        try
        {
            EncapsulatorRole role = (EncapsulatorRole)_role;
            bool taken = encapSeed.IsEmpty
                ? _kem.Encapsulate(init.Share, role, ciphertext, z)
                : _kem.EncapsulateDerandomized(init.Share, role, encapSeed, ciphertext, z);
            if (!taken)
                ProtocolException.Throw(AlertCode.HandshakeFailed, "rekey share refused");

            byte[] reply = new RekeyReply { Generation = init.Generation, Ciphertext = ciphertext }.ToArray();
            _budget.ExchangeOpened(now);
            EnterGeneration(next, PeerRole, message, reply, z);
            return [RekeyStep.Send(reply), .. SwitchSending(KeySwitchKind.Full)];
        }
        finally
        {
            ConstantTime.Wipe(z);
        }
    }

    /// <summary>RR4.</summary>
    private RekeyStep[] ConsumeReply(ReadOnlySpan<byte> message)
    {
        RekeyReply reply = RekeyReply.ReadMessage(message);
        RekeyState next = State.ReceiveReply(reply.Generation);
        Span<byte> z = stackalloc byte[HybridKem.SecretSize];
        try
        {
            if (!_ownKey!.Decapsulate(reply.Ciphertext, (EncapsulatorRole)PeerRole, z))
                ProtocolException.Throw(AlertCode.HandshakeFailed, "rekey ciphertext refused");
            EnterGeneration(next, _role, _ownInit, message, z);
            return SwitchSending(KeySwitchKind.Full);
        }
        finally
        {
            ConstantTime.Wipe(z);
        }
    }

    /// <summary>KS2.</summary>
    private RekeyStep[] ConsumeSwitch(ReadOnlySpan<byte> message, bool isAlone, TimeSpan now)
    {
        KeySwitch keySwitch = KeySwitch.ReadMessage(message);
        if (!isAlone)
            ProtocolException.Throw("KeySwitch is not alone in its frame");

        if (keySwitch.Kind == KeySwitchKind.Ratchet)
        {
            RekeyState next = State.ReceiveRatchet(keySwitch.Generation, keySwitch.Step);
            _receiving.Ratchet();
            State = next;
        }
        else
        {
            RekeyState next = State.ReceiveFull(keySwitch.Generation, keySwitch.Step);
            _receiving.Dispose();
            _receiving = _nextReceiving!;
            _nextReceiving = null;
            _budget.ExchangeClosed(now);
            State = next;
        }

        _budget.ReceivingSwitched();
        return [RekeyStep.SwitchReceiving(_receiving)];
    }

    /// <summary>Own sending secret is the new generation's at once; the peer's direction follows with its KS(full).</summary>
    private void EnterGeneration(
        RekeyState next, HandshakeRole initiator, ReadOnlySpan<byte> rekeyInit, ReadOnlySpan<byte> rekeyReply, ReadOnlySpan<byte> z)
    {
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        RekeySchedule.HashExchange((byte)initiator, rekeyInit, rekeyReply, hash);
        (TrafficSecret client, TrafficSecret server) = _schedule.Advance(z, hash, default);
        _sending.Dispose();
        (_sending, _nextReceiving) = _role == HandshakeRole.Client ? (client, server) : (server, client);
        ForgetOwn();
        State = next;
    }
}

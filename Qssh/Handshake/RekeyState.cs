using Qssh.Errors;

namespace Qssh.Handshake;

/// <summary>
/// The rules of docs/protocol.md, sections 7 and 8, without keys: generation and step of each direction, and the exchange. A value:
/// a transition gives the next state or throws, and tests search all of them.
/// </summary>
/// <param name="Crossed">Client only: the server's own RI was dropped during this exchange.</param>
internal readonly record struct RekeyState(
    HandshakeRole Role, uint SendGeneration, uint SendStep, uint ReceiveGeneration, uint ReceiveStep, RekeyPhase Phase, bool Crossed)
{
    public static RekeyState Initial(HandshakeRole role) => new(role, 0, 0, 0, 0, RekeyPhase.Idle, false);

    public bool IsIdle => Phase == RekeyPhase.Idle;

    /// <summary>The generation that an exchange makes.</summary>
    public uint NextGeneration => ReceiveGeneration + 1;

    /// <summary>KS1: own direction, at any time.</summary>
    public RekeyState SendRatchet()
    {
        if (SendStep == uint.MaxValue)
            ProtocolException.Throw(AlertCode.SessionLimit, "no ratchet step left");
        return this with { SendStep = SendStep + 1 };
    }

    /// <summary>RI1: only an idle side starts.</summary>
    public RekeyState Start()
    {
        if (!IsIdle)
            throw new InvalidOperationException("an exchange is open");
        if (SendGeneration == uint.MaxValue)
            ProtocolException.Throw(AlertCode.SessionLimit, "no generation left");
        return this with { Phase = RekeyPhase.Started, Crossed = false };
    }

    /// <summary>RI2. In a crossing the client's RI wins: it drops the server's, once; the server forgets its own.</summary>
    public RekeyState ReceiveInit(uint generation, out bool dropped)
    {
        if (generation == 0 || generation != NextGeneration)
            ProtocolException.Throw("RekeyInit for a wrong generation");
        if (Phase == RekeyPhase.Answered)
            ProtocolException.Throw("RekeyInit while an exchange is open");

        dropped = Phase == RekeyPhase.Started && Role == HandshakeRole.Client;
        if (dropped && Crossed)
            ProtocolException.Throw("second RekeyInit in one exchange");
        return dropped ? this with { Crossed = true } : Derived(generation);
    }

    /// <summary>RR4.</summary>
    public RekeyState ReceiveReply(uint generation)
    {
        if (Phase != RekeyPhase.Started || generation != NextGeneration)
            ProtocolException.Throw("RekeyReply out of place");
        return Derived(generation);
    }

    /// <summary>KS2, ratchet: exactly the next step of the generation.</summary>
    public RekeyState ReceiveRatchet(uint generation, uint step)
    {
        if (generation != ReceiveGeneration || step == 0 || step != ReceiveStep + 1)
            ProtocolException.Throw("KeySwitch to a wrong step");
        return this with { ReceiveStep = step };
    }

    /// <summary>KS2, full: only by a side that has derived the generation and sends in it.</summary>
    public RekeyState ReceiveFull(uint generation, uint step)
    {
        if (Phase != RekeyPhase.Answered || generation != NextGeneration || generation != SendGeneration || step != 0)
            ProtocolException.Throw("KeySwitch to a wrong generation");
        return this with { ReceiveGeneration = generation, ReceiveStep = 0, Phase = RekeyPhase.Idle };
    }

    private RekeyState Derived(uint generation) =>
        this with { SendGeneration = generation, SendStep = 0, Phase = RekeyPhase.Answered, Crossed = false };
}

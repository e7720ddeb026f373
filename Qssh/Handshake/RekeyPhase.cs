namespace Qssh.Handshake;

/// <summary>Where a side stands in the exchange of a full rekey (docs/protocol.md, section 7).</summary>
internal enum RekeyPhase : byte
{
    Idle,

    /// <summary>Own RI is out, RR is awaited.</summary>
    Started,

    /// <summary>Own KS(full) is out, the peer's is awaited.</summary>
    Answered,
}

namespace Qssh.Handshake;

/// <summary>Protection levels (docs/protocol.md, section 11). The number is what the hello carries.</summary>
internal enum Tier : byte
{
    /// <summary>T0. Has a name so that it can be refused with the reason; it is never offered, chosen or spoken.</summary>
    Classical = 0,

    /// <summary>T1: post-quantum, frames in the handshake, then variable records.</summary>
    PostQuantum = 1,

    /// <summary>T2, the default: uniform frames and keystroke timing.</summary>
    Hardened = 2,

    /// <summary>T3: a healthy quantum random source at both ends.</summary>
    EntropyEnhanced = 3,

    /// <summary>T4: a key from quantum key distribution.</summary>
    QuantumSecured = 4,

    /// <summary>T5: T4 with a lower error rate, and dual keys.</summary>
    HybridQuantum = 5,
}

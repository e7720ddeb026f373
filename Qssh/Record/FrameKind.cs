namespace Qssh.Record;

/// <summary>What the payload of a frame is a piece of (docs/protocol.md, section 2).</summary>
internal enum FrameKind : byte
{
    /// <summary>CH, HR, SH; clear.</summary>
    Hello = 1,

    /// <summary>SA, SI, SP, SF, QK, CF.</summary>
    Handshake = 2,

    /// <summary>UA, AR, AT, AO.</summary>
    Auth = 3,

    /// <summary>The session stream.</summary>
    Session = 4,

    /// <summary>RI, RR, KS, AK.</summary>
    Control = 5,

    /// <summary>Empty, only in an open session: cover for the time of a keystroke.</summary>
    Fill = 6,

    /// <summary>One byte: the alert code.</summary>
    Alert = 7,
}

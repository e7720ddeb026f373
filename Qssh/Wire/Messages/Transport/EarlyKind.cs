namespace Qssh.Wire.Messages.Transport;

/// <summary>The one secret that a hello may start from; its number enters the key schedule and SH.accepted (docs/protocol.md, sections 3, 5, 11).</summary>
internal enum EarlyKind : byte
{
    None = 0,
    Pin = 1,
    PreSharedKey = 2,
    Resume = 3,
    Attach = 4,
}

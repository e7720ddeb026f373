namespace Qssh.Wire.Messages.Transport;

/// <summary>The one secret that a hello may start from (docs/protocol.md, sections 3 and 11).</summary>
internal enum EarlyKind : byte
{
    None = 0,
    Pin = 1,
    Psk = 2,
    Resume = 3,
    Attach = 4,
}

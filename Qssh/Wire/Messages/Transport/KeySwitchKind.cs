namespace Qssh.Wire.Messages.Transport;

/// <summary>To which key a direction switches (docs/protocol.md, section 8).</summary>
internal enum KeySwitchKind : byte
{
    Ratchet = 1,
    Full = 2,
}

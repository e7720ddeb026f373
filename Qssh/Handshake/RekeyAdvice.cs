namespace Qssh.Handshake;

/// <summary>What a soft limit asks for.</summary>
internal enum RekeyAdvice : byte
{
    Nothing,
    Ratchet,
    Full,
}

namespace Qssh.Crypto.Kem;

/// <summary>The side that encapsulates; bound into the secret of CH-KEM (docs/protocol.md, section 1).</summary>
internal enum EncapsulatorRole : byte
{
    Client = 1,
    Server = 2,
}

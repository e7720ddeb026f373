namespace Qssh.Wire.Messages.Transport;

/// <summary>What a host shows as its identity (docs/protocol.md, section 3, SI).</summary>
internal enum IdentityKind : byte
{
    Key = 1,
    Certificate = 2,
}

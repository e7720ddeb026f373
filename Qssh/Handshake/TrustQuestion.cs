using Qssh.Crypto.Signatures;

namespace Qssh.Handshake;

/// <summary>
/// SF4: who the host has proved to be. Handed out only after signature and Finished were verified; whether this key is to be trusted is
/// for known_hosts to say.
/// </summary>
internal sealed record TrustQuestion(SignatureScheme Scheme, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> HostId, Suite Suite, Tier Tier);

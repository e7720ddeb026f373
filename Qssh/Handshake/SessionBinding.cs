using Qssh.Schedule;

namespace Qssh.Handshake;

/// <summary>
/// What ties a user's signature to one session (docs/protocol.md, section 6): session id 32, H_CF 64, H_SI 64, host id 32.
/// </summary>
internal sealed class SessionBinding
{
    public const int Size = Kdf.SecretSize + (2 * Kdf.HashSize) + Schedule.HostId.Size;

    private const int HostIdOffset = Size - Schedule.HostId.Size;

    private readonly byte[] _bytes = new byte[Size];

    public SessionBinding(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> hCf, ReadOnlySpan<byte> hSi, ReadOnlySpan<byte> hostId)
    {
        sessionId.CopyTo(_bytes.AsSpan(0, Kdf.SecretSize));
        hCf.CopyTo(_bytes.AsSpan(Kdf.SecretSize, Kdf.HashSize));
        hSi.CopyTo(_bytes.AsSpan(Kdf.SecretSize + Kdf.HashSize, Kdf.HashSize));
        hostId.CopyTo(_bytes.AsSpan(HostIdOffset));
    }

    /// <summary>All four, in the order in which they are signed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public ReadOnlySpan<byte> SessionId => _bytes.AsSpan(0, Kdf.SecretSize);

    /// <summary>With the host's signature over it in hand, an agent can tell for which host it signs.</summary>
    public ReadOnlySpan<byte> HSi => _bytes.AsSpan(Kdf.SecretSize + Kdf.HashSize, Kdf.HashSize);

    public ReadOnlySpan<byte> HostId => _bytes.AsSpan(HostIdOffset);
}

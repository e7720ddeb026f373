using Qssh.Crypto.Kem;

namespace Qssh.Handshake;

/// <summary>What a verified cookie says; a view of it.</summary>
internal readonly ref struct OpenedCookie(KemId kem, byte work, ReadOnlySpan<byte> firstHello)
{
    public KemId Kem { get; } = kem;

    public byte Work { get; } = work;

    /// <summary>H(first CH).</summary>
    public ReadOnlySpan<byte> FirstHello { get; } = firstHello;
}

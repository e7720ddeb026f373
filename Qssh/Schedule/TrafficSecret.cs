using Qssh.Secrets;

namespace Qssh.Schedule;

/// <summary>
/// One direction's secret of one key step: a handshake secret or (generation, step) of a traffic secret (docs/protocol.md, section 5).
/// Owns its 32 bytes and wipes them.
/// </summary>
internal sealed class TrafficSecret : IDisposable
{
    public const int KeySize = 32;

    public const int IvSize = 12;

    private readonly SecretBuffer _secret = new(Kdf.SecretSize);

    /// <summary>Derives the secret as a leaf.</summary>
    public TrafficSecret(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> label) => Kdf.Derive(parent, label, _secret.Span);

    /// <summary>For tests against known answers.</summary>
    internal ReadOnlySpan<byte> Bytes => _secret.Span;

    /// <summary>Step n becomes step n + 1 in place; there is no way back to step n.</summary>
    public void Ratchet()
    {
        Span<byte> next = stackalloc byte[Kdf.SecretSize];
        try
        {
            Kdf.Derive(_secret.Span, Labels.Derive.FromTraffic.Ratchet, next);
            next.CopyTo(_secret.Span);
        }
        finally
        {
            ConstantTime.Wipe(next);
        }
    }

    public void DeriveFrameKey(Span<byte> key32, Span<byte> iv12)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key32.Length, KeySize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv12.Length, IvSize);
        Kdf.Derive(_secret.Span, Labels.Derive.FromTraffic.FrameKey, key32);
        Kdf.Derive(_secret.Span, Labels.Derive.FromTraffic.FrameIv, iv12);
    }

    /// <summary>Key and IV of this step in an owner of their own, for a switch that is performed later.</summary>
    public FrameKey DeriveFrameKey()
    {
        FrameKey key = new();
        DeriveFrameKey(key.Key, key.Iv);
        return key;
    }

    public void Dispose() => _secret.Dispose();
}

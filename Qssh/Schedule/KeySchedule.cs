using Qssh.Secrets;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Schedule;

/// <summary>
/// The chain of one handshake, E > HS > MS (docs/protocol.md, section 5). Owns every secret that it has and wipes each where the
/// table says: E when HS is there, HS and the finished keys when MS is there, MS when its leaves are out.
/// </summary>
internal sealed class KeySchedule : IDisposable
{
    private enum Stage : byte
    {
        Early,
        Handshake,
        Finished,
    }

    // Chain secret (E, then HS), client finished key, server finished key.
    private readonly SecretBuffer _secrets = new(3 * Kdf.SecretSize);
    private Stage _stage;

    /// <param name="early">The kind of early input in use.</param>
    /// <param name="zEarly">Its secret; empty for none, which stands for 32 zero bytes.</param>
    public KeySchedule(EarlyKind early, ReadOnlySpan<byte> zEarly)
    {
        if (zEarly.IsEmpty != (early == EarlyKind.None))
            throw new ArgumentException("an early input has a secret, and only an early input has", nameof(zEarly));
        Kdf.Mix(Labels.Chain0, OrZeros(zEarly), Labels.Mix.Early, [(byte)early], Chain);
    }

    private Span<byte> Chain => _secrets.Span[..Kdf.SecretSize];

    private Span<byte> ClientFinishedKey => _secrets.Span.Slice(Kdf.SecretSize, Kdf.SecretSize);

    private Span<byte> ServerFinishedKey => _secrets.Span.Slice(2 * Kdf.SecretSize, Kdf.SecretSize);

    /// <summary>For tests against known answers.</summary>
    internal ReadOnlySpan<byte> ChainBytes => Chain;

    /// <summary>CH4, CH7: the MAC that proves the early secret over the truncated first flight.</summary>
    public void ComputeBinder(ReadOnlySpan<byte> hBind, Span<byte> binder)
    {
        Require(Stage.Early);
        Span<byte> key = stackalloc byte[Kdf.SecretSize];
        try
        {
            Kdf.Derive(Chain, Labels.Derive.FromEarly.BinderKey, key);
            Kdf.Derive(key, Labels.Derive.FromEarly.Binder, hBind, binder);
        }
        finally
        {
            ConstantTime.Wipe(key);
        }
    }

    /// <summary>SH3, SH7: HS and the finished keys; E is gone.</summary>
    public void EnterHandshake(ReadOnlySpan<byte> z, ReadOnlySpan<byte> hSh)
    {
        Require(Stage.Early);
        Kdf.Mix(Chain, z, Labels.Mix.Handshake, hSh, Chain);
        Kdf.Derive(Chain, Labels.Derive.FromHandshake.ClientFinishedKey, ClientFinishedKey);
        Kdf.Derive(Chain, Labels.Derive.FromHandshake.ServerFinishedKey, ServerFinishedKey);
        _stage = Stage.Handshake;
    }

    public TrafficSecret DeriveClientHandshakeSecret() => DeriveHandshakeSecret(Labels.Derive.FromHandshake.Client);

    public TrafficSecret DeriveServerHandshakeSecret() => DeriveHandshakeSecret(Labels.Derive.FromHandshake.Server);

    /// <summary>SF1, SF3.</summary>
    public void ComputeServerFinished(ReadOnlySpan<byte> hSp, Span<byte> mac)
    {
        Require(Stage.Handshake);
        Kdf.Derive(ServerFinishedKey, Labels.Derive.FromHandshake.Finished, hSp, mac);
    }

    /// <summary>CF1, CF4.</summary>
    public void ComputeClientFinished(ReadOnlySpan<byte> hQk, Span<byte> mac)
    {
        Require(Stage.Handshake);
        Kdf.Derive(ClientFinishedKey, Labels.Derive.FromHandshake.Finished, hQk, mac);
    }

    /// <summary>CF2, CF5: MS_0 and its leaves. Everything below is wiped; only <see cref="Dispose"/> is left to call.</summary>
    /// <param name="zQkd">The QKD key, or empty, which stands for 32 zero bytes.</param>
    public SessionSecrets EnterMaster(ReadOnlySpan<byte> zQkd, ReadOnlySpan<byte> hCf)
    {
        Require(Stage.Handshake);
        Span<byte> master = stackalloc byte[Kdf.SecretSize];
        try
        {
            Kdf.Mix(Chain, OrZeros(zQkd), Labels.Mix.Master, hCf, master);
            _stage = Stage.Finished;
            ConstantTime.Wipe(_secrets.Span);
            return SessionSecrets.FromMaster(master);
        }
        finally
        {
            ConstantTime.Wipe(master);
        }
    }

    public void Dispose() => _secrets.Dispose();

    /// <summary>Where a secret may be missing, 32 zero bytes take its place: the chain has the same steps in every mode.</summary>
    internal static ReadOnlySpan<byte> OrZeros(ReadOnlySpan<byte> z) => z.IsEmpty ? Zeros : z;

    private static readonly byte[] Zeros = new byte[Kdf.SecretSize];

    private TrafficSecret DeriveHandshakeSecret(ReadOnlySpan<byte> label)
    {
        Require(Stage.Handshake);
        return new TrafficSecret(Chain, label);
    }

    private void Require(Stage stage)
    {
        if (_stage != stage)
            throw new InvalidOperationException("key schedule step out of order");
    }
}

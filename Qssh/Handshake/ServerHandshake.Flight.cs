using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>The sealed part: ServerParams, ServerIdentity, ServerProof, ServerFinished; QkdKey, ClientFinished.</summary>
internal sealed partial class ServerHandshake
{
    /// <summary>SA1.</summary>
    public int CreateServerParams(ServerParameters parameters, Span<byte> output)
    {
        Require(ServerStep.CreateParams);
        if (parameters.Qkd is null == Tiers.NeedsQkd(Tier))
            throw new ArgumentException("QKD figures belong to T4 and T5", nameof(parameters));
        int length = parameters.Write(output);
        _transcript.Append(output[..length]);
        Step = ServerStep.CreateIdentity;
        return length;
    }

    /// <summary>SI1.</summary>
    /// <param name="publicKey">The host key of the suite's scheme.</param>
    public int CreateServerIdentity(ReadOnlySpan<byte> publicKey, Span<byte> output)
    {
        Require(ServerStep.CreateIdentity);
        scoped WireWriter writer = new(output);
        new ServerIdentity { Kind = IdentityKind.Key, Scheme = (byte)Suite.Host, Identity = publicKey }.Write(ref writer);
        _transcript.Append(writer.Written);
        _hSi = new byte[Kdf.HashSize];
        _transcript.Point(_hSi);
        _hostId = new byte[HostId.Size];
        HostId.Compute(writer.Written[MessageHeader.Size..], _hostId);
        Step = ServerStep.CreateProof;
        return writer.Position;
    }

    /// <summary>SP1: what the host key is to sign.</summary>
    public byte[] BytesToSign()
    {
        Require(ServerStep.CreateProof);
        byte[] signed = new byte[HostProof.Size];
        HostProof.Write(ClientHello.OwnVersion, Suite, Tier, _hSi, signed);
        return signed;
    }

    /// <summary>SP2, SP3. The signer has verified its own signature.</summary>
    public int CreateServerProof(ReadOnlySpan<byte> signature, Span<byte> output)
    {
        Require(ServerStep.CreateProof);
        scoped WireWriter writer = new(output);
        new ServerProof { Signature = signature }.Write(ref writer);
        _transcript.Append(writer.Written);
        Step = ServerStep.CreateFinished;
        return writer.Position;
    }

    /// <summary>SF1. Padding the flight (SF2) is the frames' matter, see <see cref="PaddingClass"/>.</summary>
    public int CreateServerFinished(Span<byte> output)
    {
        Require(ServerStep.CreateFinished);
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        Span<byte> mac = stackalloc byte[Kdf.SecretSize];
        _transcript.Point(hash);
        _schedule!.ComputeServerFinished(hash, mac);
        scoped WireWriter writer = new(output);
        new ServerFinished { Mac = mac }.Write(ref writer);
        _transcript.Append(writer.Written);
        Step = Tiers.NeedsQkd(Tier) ? ServerStep.ConsumeQkdKey : ServerStep.ConsumeFinished;
        return writer.Position;
    }

    /// <summary>QK3, first half: the figures. The caller fetches the key by its id and calls <see cref="UseQkdKey"/>.</summary>
    public QkdRequest ConsumeQkdKey(ReadOnlySpan<byte> message)
    {
        Expect(ServerStep.ConsumeQkdKey, nameof(QkdKey));
        QkdKey key = QkdKey.ReadMessage(message);
        QkdOffer.CheckQber(key.Qber, Tier);
        _transcript.Append(message);
        Step = ServerStep.UseQkdKey;
        return new QkdRequest(key.Sae.ToArray(), key.KeyId.ToArray());
    }

    /// <summary>QK3, second half.</summary>
    public void UseQkdKey(ReadOnlySpan<byte> key)
    {
        Require(ServerStep.UseQkdKey);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Kdf.SecretSize);
        _qkdKey = new SecretBuffer(key);
        Step = ServerStep.ConsumeFinished;
    }

    /// <summary>CF4 to CF6. The caller owns the session; everything below it is wiped.</summary>
    public SessionSecrets ConsumeClientFinished(ReadOnlySpan<byte> message)
    {
        Expect(ServerStep.ConsumeFinished, nameof(ClientFinished));
        ClientFinished finished = ClientFinished.ReadMessage(message);
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        Span<byte> mac = stackalloc byte[Kdf.SecretSize];
        _transcript.Point(hash);
        _schedule!.ComputeClientFinished(hash, mac);
        if (!ConstantTime.AreEqual(mac, finished.Mac))
            ProtocolException.Throw(AlertCode.HandshakeFailed, "ClientFinished does not verify");

        _transcript.Append(message);
        _transcript.Point(hash);
        SessionSecrets session = _schedule.EnterMaster(_qkdKey is null ? default : _qkdKey.Span, hash);
        Binding = new SessionBinding(session.SessionId, hash, _hSi, _hostId);
        WipeHandshake();
        Step = ServerStep.Done;
        return session;
    }
}

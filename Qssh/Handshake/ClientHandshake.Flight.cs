using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>The sealed part: ServerParams, ServerIdentity, ServerProof, ServerFinished; QkdKey, ClientFinished.</summary>
internal sealed partial class ClientHandshake
{
    /// <summary>SA2.</summary>
    public ServerParameters ConsumeServerParams(ReadOnlySpan<byte> message)
    {
        Expect(ClientStep.ConsumeParams, nameof(ServerParams));
        ServerParameters parameters = ServerParameters.Read(message, Tier);
        _transcript.Append(message);
        _parameters = parameters;
        Step = ClientStep.ConsumeIdentity;
        return parameters;
    }

    /// <summary>SI2. The key is kept, not acted on.</summary>
    public void ConsumeServerIdentity(ReadOnlySpan<byte> message)
    {
        Expect(ClientStep.ConsumeIdentity, nameof(ServerIdentity));
        ServerIdentity identity = ServerIdentity.ReadMessage(message);
        if (identity.Scheme != (byte)Suite.Host)
            ProtocolException.Throw("ServerIdentity of another scheme than the suite's");
        if (identity.Kind != IdentityKind.Key)
            ProtocolException.Throw(AlertCode.Policy, "host certificates are not trusted by this client");
        if (identity.Identity.Length != Algorithm().PublicKeySize)
            ProtocolException.Throw("ServerIdentity: key of a wrong length");

        byte[] hostId = new byte[HostId.Size];
        HostId.Compute(message[MessageHeader.Size..], hostId);
        _transcript.Append(message);
        _transcript.Point(_hSi);
        _identityKey = identity.Identity.ToArray();
        _hostId = hostId;
        Step = ClientStep.ConsumeProof;
    }

    /// <summary>SP4.</summary>
    public void ConsumeServerProof(ReadOnlySpan<byte> message)
    {
        Expect(ClientStep.ConsumeProof, nameof(ServerProof));
        ServerProof proof = ServerProof.ReadMessage(message);
        Span<byte> signed = stackalloc byte[HostProof.Size];
        HostProof.Write(ClientHello.OwnVersion, Suite, Tier, _hSi, signed);
        if (!Algorithm().Verify(_identityKey, signed, proof.Signature))
            ProtocolException.Throw(AlertCode.HandshakeFailed, "the host's signature does not verify");

        _transcript.Append(message);
        Step = ClientStep.ConsumeFinished;
    }

    /// <summary>SF3, SF4: only now may the caller act on the identity.</summary>
    public TrustQuestion ConsumeServerFinished(ReadOnlySpan<byte> message)
    {
        Expect(ClientStep.ConsumeFinished, nameof(ServerFinished));
        ServerFinished finished = ServerFinished.ReadMessage(message);
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        Span<byte> mac = stackalloc byte[Kdf.SecretSize];
        _transcript.Point(hash);
        _schedule!.ComputeServerFinished(hash, mac);
        if (!ConstantTime.AreEqual(mac, finished.Mac))
            ProtocolException.Throw(AlertCode.HandshakeFailed, "ServerFinished does not verify");

        _transcript.Append(message);
        _trust = new TrustQuestion(Suite.Host, _identityKey, _hostId, Suite, Tier);
        Step = Tiers.NeedsQkd(Tier) ? ClientStep.CreateQkdKey : ClientStep.CreateFinished;
        return _trust;
    }

    /// <summary>QK1, QK2: from T4 on, a key that was fetched for the server's SAE.</summary>
    public int CreateQkdKey(QkdOffer own, ReadOnlySpan<byte> keyId, ReadOnlySpan<byte> key, Span<byte> output)
    {
        Require(ClientStep.CreateQkdKey);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Kdf.SecretSize);
        QkdOffer.CheckQber(own.Qber, Tier);
        scoped WireWriter writer = new(output);
        new QkdKey { Sae = own.Sae.Span, KeyId = keyId, Qber = own.Qber }.Write(ref writer);
        _qkdKey = new SecretBuffer(key);
        _transcript.Append(writer.Written);
        Step = ClientStep.CreateFinished;
        return writer.Position;
    }

    /// <summary>CF1, CF2. The caller owns the session; everything below it is wiped.</summary>
    public int CreateClientFinished(Span<byte> output, out SessionSecrets session)
    {
        Require(ClientStep.CreateFinished);
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        Span<byte> mac = stackalloc byte[Kdf.SecretSize];
        _transcript.Point(hash);
        _schedule!.ComputeClientFinished(hash, mac);
        scoped WireWriter writer = new(output);
        new ClientFinished { Mac = mac }.Write(ref writer);

        _transcript.Append(writer.Written);
        _transcript.Point(hash);
        session = _schedule.EnterMaster(_qkdKey is null ? default : _qkdKey.Span, hash);
        Binding = new SessionBinding(session.SessionId, hash, _hSi, _hostId);
        WipeHandshake();
        Step = ClientStep.Done;
        return writer.Position;
    }

    /// <summary>SH5 took only a suite that is built.</summary>
    private SignatureAlgorithm Algorithm() => SignatureAlgorithm.Find(Suite.Host)!;
}

using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>Both halves of a handshake with fresh randomness, moved step by step.</summary>
public abstract class HandshakeScene
{
    private protected const long Now = 1_900_000_000;
    private protected static readonly byte[] Address = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1];
    private protected static readonly Suite Strong = new(KemId.ChKem1024, SignatureScheme.MlDsa65);
    private protected static readonly Suite Small = new(KemId.ChKem768, SignatureScheme.MlDsa65);
    private protected static readonly Suite Other = new(KemId.ChKem1024, SignatureScheme.MlDsa44);
    private protected static readonly TierSet BuiltTiers = TierSet.Between(Tier.PostQuantum, Tier.Hardened);
    private protected static readonly SigningKey HostKey = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.GenerateKey();

    private protected readonly byte[] Scratch = new byte[HandshakeLimits.Flight];
    private protected readonly CookieJar Jar = new();

    private protected static ClientHandshake Client(params Suite[] suites) => new(new ClientOffer(BuiltTiers, Tier.PostQuantum, new SuiteList(suites)));

    private protected static ServerHandshake Server(params Suite[] suites) => new(new ServerOffer(BuiltTiers, new SuiteList(suites)));

    private protected HelloContext Context(bool busy = false, int work = 0) => new(Jar, Address, Now, busy, work);

    private protected HelloDecision Hello(ClientHandshake client, ServerHandshake server, bool busy = false, int work = 0) =>
        server.ConsumeClientHello(Scratch.AsSpan(0, client.CreateClientHello(Scratch)), Context(busy, work));

    private protected void Retry(ClientHandshake client, ServerHandshake server) => client.ConsumeHelloRetry(Scratch.AsSpan(0, server.CreateHelloRetry(Scratch)));

    private protected void Flight(ClientHandshake client, ServerHandshake server, SigningKey hostKey) => Finish(client, server, hostKey, KnownHandshake.Parameters, () => { });

    private protected void Finish(ClientHandshake client, ServerHandshake server, SigningKey hostKey, ServerParameters parameters, Action qkd)
    {
        (SessionSecrets one, SessionSecrets other) = Sessions(client, server, hostKey, parameters, qkd);
        Assert.Equal(one.SessionId.ToArray(), other.SessionId.ToArray());
        Assert.Equal(one.ServerTraffic.Bytes.ToArray(), other.ServerTraffic.Bytes.ToArray());
        Assert.Equal(client.Binding!.Bytes.ToArray(), server.Binding!.Bytes.ToArray());
        one.Dispose();
        other.Dispose();
    }

    private protected (SessionSecrets Client, SessionSecrets Server) Sessions(
        ClientHandshake client, ServerHandshake server, SigningKey hostKey, ServerParameters parameters, Action qkd)
    {
        client.ConsumeServerHello(Scratch.AsSpan(0, server.CreateServerHello(Scratch)));
        client.ConsumeServerParams(Scratch.AsSpan(0, server.CreateServerParams(parameters, Scratch)));
        client.ConsumeServerIdentity(Scratch.AsSpan(0, server.CreateServerIdentity(hostKey.PublicKey, Scratch)));
        client.ConsumeServerProof(Scratch.AsSpan(0, server.CreateServerProof(Sign(hostKey, server.BytesToSign()), Scratch)));
        TrustQuestion trust = client.ConsumeServerFinished(Scratch.AsSpan(0, server.CreateServerFinished(Scratch)));
        Assert.Equal(hostKey.PublicKey.ToArray(), trust.Key.ToArray());
        qkd();
        int length = client.CreateClientFinished(Scratch, out SessionSecrets session);
        return (session, server.ConsumeClientFinished(Scratch.AsSpan(0, length)));
    }

    private protected byte[] ServerHelloFor(ClientHandshake client, int tier, int suite, int accepted)
    {
        int length = client.CreateClientHello(Scratch);
        ClientHello offer = ClientHello.ReadMessage(Scratch.AsSpan(0, length));
        HybridKem kem = HybridKem.Find(offer.Kem)!;
        byte[] ciphertext = new byte[kem.CiphertextSize];
        Assert.True(kem.Encapsulate(offer.Share, EncapsulatorRole.Server, ciphertext, new byte[64]));
        return new ServerHello
        {
            Random = new byte[32],
            Tier = (byte)tier,
            Suite = (ushort)suite,
            Accepted = (EarlyKind)accepted,
            Ciphertext = ciphertext,
        }.ToArray();
    }

    private protected static byte[] Sign(SigningKey key, byte[] message)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        return signature;
    }

    private protected static AlertCode Refused(Action action) => Assert.Throws<ProtocolException>(action).Code;
}

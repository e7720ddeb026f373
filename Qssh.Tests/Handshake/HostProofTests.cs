using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>The host's identity and its proof, from another host or another session.</summary>
public sealed class HostProofTests : HandshakeScene
{
    [Fact]
    public void Another_host_key_or_a_relayed_proof_is_noticed()
    {
        // The relay shows its own key with the host's signature, then the host's key with its own signature.
        using SigningKey relay = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.GenerateKey();
        foreach (bool ownIdentity in (bool[])[true, false])
        {
            using ClientHandshake client = Client(Strong);
            using ServerHandshake server = Server(Strong);
            Hello(client, server);
            client.ConsumeServerHello(Scratch.AsSpan(0, server.CreateServerHello(Scratch)));
            client.ConsumeServerParams(Scratch.AsSpan(0, server.CreateServerParams(KnownHandshake.Parameters, Scratch)));
            client.ConsumeServerIdentity(Scratch.AsSpan(0, server.CreateServerIdentity((ownIdentity ? relay : HostKey).PublicKey, Scratch)));
            byte[] signature = Sign(ownIdentity ? HostKey : relay, server.BytesToSign());
            int length = server.CreateServerProof(signature, Scratch);
            Assert.Equal(AlertCode.HandshakeFailed, Refused(() => client.ConsumeServerProof(Scratch.AsSpan(0, length))));
        }
    }

    [Fact]
    public void A_proof_of_one_session_is_none_of_another()
    {
        using ClientHandshake client = Client(Strong);
        using ServerHandshake server = Server(Strong);
        Hello(client, server);
        client.ConsumeServerHello(Scratch.AsSpan(0, server.CreateServerHello(Scratch)));
        client.ConsumeServerParams(Scratch.AsSpan(0, server.CreateServerParams(KnownHandshake.Parameters, Scratch)));
        client.ConsumeServerIdentity(Scratch.AsSpan(0, server.CreateServerIdentity(KnownHandshake.HostKey, Scratch)));
        int length = server.CreateServerProof(KnownHandshake.Signature, Scratch);
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => client.ConsumeServerProof(Scratch.AsSpan(0, length))));
    }

    [Theory]
    [InlineData(2, 4, 8)]
    [InlineData(1, 3, 1)]
    public void Certificates_and_other_schemes_are_not_taken(int kind, int scheme, int alert)
    {
        using KnownHandshake run = new();
        byte[] identity = run.RunTo("SI");
        (identity[3], identity[4]) = ((byte)kind, (byte)scheme);
        Assert.Equal((AlertCode)alert, Refused(() => run.Consume("SI", identity)));
    }
}

using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>Key shares and ciphertexts that are degenerate, malformed or of the other role.</summary>
public sealed class ShareTests : HandshakeScene
{
    [Fact]
    public void Shares_and_ciphertexts_of_small_order_are_refused()
    {
        using ClientHandshake client = Client(Strong);
        byte[] hello = ServerHelloFor(client, 2, 0x0104, 0);
        byte[] zero = [.. hello];
        zero.AsSpan(43, 32).Clear();
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => client.ConsumeServerHello(zero)));
        client.ConsumeServerHello(hello);

        using ClientHandshake another = Client(Strong);
        byte[] offer = Scratch[..another.CreateClientHello(Scratch)];
        int share = offer.Length - 2 - HybridKem.Find(1)!.ShareSize;
        offer.AsSpan(share, 32).Clear();
        using ServerHandshake server = Server(Strong);
        server.ConsumeClientHello(offer, Context());
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.CreateServerHello(Scratch)));
    }

    [Fact]
    public void Shares_of_a_wrong_length_or_outside_the_field_are_refused()
    {
        foreach (int length in (int[])[0, 1, 1599, 1601])
        {
            using ServerHandshake server = Server(Strong);
            server.ConsumeClientHello(ClientHelloWith(new byte[length]), Context());
            Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.CreateServerHello(Scratch)));
        }

        byte[] overflow = [.. new byte[32], .. Enumerable.Repeat((byte)0xFF, 1568)];
        overflow[0] = 9;
        using ServerHandshake another = Server(Strong);
        another.ConsumeClientHello(ClientHelloWith(overflow), Context());
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => another.CreateServerHello(Scratch)));
    }

    [Fact]
    public void A_reflected_encapsulation_has_another_role()
    {
        using ClientHandshake client = Client(Strong);
        client.CreateClientHello(Scratch);
        ClientHello hello = ClientHello.ReadMessage(Scratch.AsSpan(0, MessageHeader.Read(Scratch).MessageSize));
        byte[] ciphertext = new byte[HybridKem.Find(1)!.CiphertextSize];
        byte[] z = new byte[64];
        HybridKem.Find(1)!.Encapsulate(hello.Share, EncapsulatorRole.Client, ciphertext, z);
        byte[] message = new ServerHello { Random = new byte[32], Tier = 2, Suite = 0x0104, Accepted = 0, Ciphertext = ciphertext }.ToArray();
        Transcript transcript = Transcript.Start();
        transcript.Append(Scratch.AsSpan(0, MessageHeader.Read(Scratch).MessageSize));
        transcript.Append(message);
        byte[] hash = new byte[64];
        transcript.Point(hash);
        client.ConsumeServerHello(message);
        using KeySchedule schedule = new(EarlyKind.None, []);
        schedule.EnterHandshake(z, hash);
        using TrafficSecret secret = schedule.DeriveServerHandshakeSecret();
        Assert.False(secret.Bytes.SequenceEqual(client.Secrets!.Server.Bytes));
    }

    private static byte[] ClientHelloWith(byte[] share) => new ClientHello
    {
        Versions = U16List.Create([1]),
        Random = new byte[32],
        Tiers = [2],
        Suites = U16List.Create([0x0104]),
        Kem = 1,
        Share = share,
        Options = default,
    }.ToArray();
}

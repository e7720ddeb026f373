using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>Handshakes with fresh randomness: every built suite, retries, and choices that were not offered.</summary>
public sealed class NegotiatedHandshakeTests
{
    private const long Now = 1_900_000_000;
    private static readonly byte[] s_address = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1];
    private static readonly Suite s_strong = new(KemId.ChKem1024, SignatureScheme.MlDsa65);
    private static readonly Suite s_small = new(KemId.ChKem768, SignatureScheme.MlDsa65);
    private static readonly Suite s_other = new(KemId.ChKem1024, SignatureScheme.MlDsa44);
    private static readonly TierSet s_tiers = TierSet.Between(Tier.PostQuantum, Tier.Hardened);

    private readonly byte[] _buffer = new byte[HandshakeLimits.Flight];
    private readonly CookieJar _jar = new();

    public static TheoryData<string> Suites => [.. SuiteList.Default.Items.ToArray().Select(suite => suite.ToString())];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_suite_of_the_default_list(string name)
    {
        Assert.True(SuiteList.TryParse(name, out SuiteList? list, out _));
        using ClientHandshake client = new(new ClientOffer(s_tiers, Tier.PostQuantum, list));
        using ServerHandshake server = new(new ServerOffer(s_tiers, list));
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        using SigningKey hostKey = SignatureAlgorithm.Find(list[0].Host)!.GenerateKey();
        Flight(client, server, hostKey);
        Assert.Equal(Tier.Hardened, client.Tier);
    }

    [Fact]
    public void Another_kem_is_agreed_on_by_a_retry()
    {
        using ClientHandshake client = Client(s_strong, s_small);
        using ServerHandshake server = Server(s_small);
        Assert.Equal(HelloDecision.SendRetry, Hello(client, server));
        Retry(client, server);
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        Flight(client, server, s_hostKey);
        Assert.Equal(s_small, client.Suite);
    }

    [Fact]
    public void A_busy_server_asks_for_cookie_and_work_and_needs_no_state()
    {
        using ClientHandshake client = Client(s_strong, s_small);
        using ServerHandshake first = Server(s_strong, s_small);
        Assert.Equal(HelloDecision.SendRetry, Hello(client, first, busy: true, work: 6));
        Retry(client, first);
        byte[] hello = _buffer[..client.CreateClientHello(_buffer)];

        using ServerHandshake second = Server(s_strong, s_small);
        Assert.Equal(HelloDecision.SendFlight, second.ConsumeClientHello(hello, Context(busy: true)));
        Flight(client, second, s_hostKey);

        using ServerHandshake third = Server(s_strong, s_small);
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => third.ConsumeClientHello(hello, Context(busy: true))));
        Assert.Equal(HelloDecision.SendFlight, third.ConsumeClientHello(hello, Context()));
    }

    [Fact]
    public void The_second_hello_differs_in_options_only()
    {
        using ClientHandshake client = Client(s_strong);
        using ServerHandshake server = Server(s_strong);
        byte[] first = _buffer[..client.CreateClientHello(_buffer)];
        server.ConsumeClientHello(first, Context(busy: true));
        Retry(client, server);
        byte[] second = _buffer[..client.CreateClientHello(_buffer)];
        Assert.Equal(first[3..^2], second[3..(first.Length - 2)]);
        Assert.Equal([1, 0, 107], second[first.Length..(first.Length + 3)]);
        Assert.True(second.Length <= HandshakeLimits.ClientHello);
    }

    [Fact]
    public void A_second_retry_is_refused()
    {
        using ClientHandshake client = Client(s_strong, s_small);
        using ServerHandshake server = Server(s_small);
        Hello(client, server);
        byte[] retry = _buffer[..server.CreateHelloRetry(_buffer)];
        client.ConsumeHelloRetry(retry);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeHelloRetry(retry)));
        client.CreateClientHello(_buffer);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeHelloRetry(retry)));
    }

    [Fact]
    public void A_retry_for_a_kem_that_was_not_offered_is_refused_and_changes_nothing()
    {
        using ClientHandshake client = Client(s_strong);
        using ServerHandshake server = Server(s_strong);
        Hello(client, server, busy: true);
        byte[] retry = _buffer[..server.CreateHelloRetry(_buffer)];
        foreach (byte kem in (byte[])[0, 2, 3, 0x77])
        {
            byte[] changed = [.. retry];
            changed[3] = kem;
            Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeHelloRetry(changed)));
        }

        client.ConsumeHelloRetry(retry);
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        Flight(client, server, s_hostKey);
    }

    [Fact]
    public void A_third_hello_and_a_hello_without_cookie_after_a_retry_are_refused()
    {
        using ClientHandshake client = Client(s_strong);
        using ClientHandshake another = Client(s_strong);
        using ServerHandshake server = Server(s_strong);
        Hello(client, server, busy: true);
        Retry(client, server);
        byte[] bare = another.CreateClientHello(_buffer) is var length ? _buffer[..length] : [];
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeClientHello(bare, Context())));
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeClientHello(bare, Context())));
    }

    [Fact]
    public void A_cookie_is_good_for_its_time_address_kem_and_work()
    {
        using ClientHandshake client = Client(s_strong, s_small);
        using ServerHandshake server = Server(s_small);
        Hello(client, server, work: 3);
        Retry(client, server);
        byte[] hello = _buffer[..client.CreateClientHello(_buffer)];
        byte[] elsewhere = [.. s_address];
        elsewhere[15]++;

        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(hello, new HelloContext(_jar, s_address, Now + 31))));
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(hello, new HelloContext(_jar, elsewhere, Now))));
        using CookieJar foreign = new();
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(hello, new HelloContext(foreign, s_address, Now))));
        using ServerHandshake changed = Server(s_strong);
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => changed.ConsumeClientHello(hello, Context())));

        byte[] unworked = [.. hello];
        do
            unworked[^1]++;
        while (WorkPuzzle.Check(hello.AsSpan(hello.Length - 11 - 107, 107), 3, unworked[^1]));
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(unworked, Context())));
        Assert.Equal(HelloDecision.SendFlight, server.ConsumeClientHello(hello, Context()));
    }

    [Fact]
    public void A_changed_first_hello_shows_in_the_transcript_after_a_retry()
    {
        using ClientHandshake client = Client(s_strong, s_small, s_other);
        using ServerHandshake server = Server(s_small);
        byte[] hello = _buffer[..client.CreateClientHello(_buffer)];
        byte[] stripped = [.. hello];
        stripped[3 + 4 + 3 + 32 + 3 + 6] ^= 0x10;
        Assert.Equal(HelloDecision.SendRetry, server.ConsumeClientHello(stripped, Context()));
        Retry(client, server);
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        client.ConsumeServerHello(_buffer.AsSpan(0, server.CreateServerHello(_buffer)));
        Assert.False(client.Secrets!.Server.Bytes.SequenceEqual(server.Secrets!.Server.Bytes));
    }

    [Theory]
    [InlineData(1, 0x0104, 0, 1)]
    [InlineData(3, 0x0104, 0, 1)]
    [InlineData(2, 0x0103, 0, 1)]
    [InlineData(2, 0x0100, 0, 1)]
    [InlineData(2, 0x0204, 0, 1)]
    [InlineData(2, 0x7777, 0, 1)]
    [InlineData(2, 0x0104, 2, 1)]
    [InlineData(2, 0x0104, 0, null)]
    public void What_was_not_offered_is_not_taken(int tier, int suite, int accepted, int? alert)
    {
        using ClientHandshake client = new(new ClientOffer(TierSet.Between(Tier.Hardened, Tier.Hardened), Tier.Hardened, new SuiteList([s_strong, s_small])));
        byte[] hello = ServerHelloFor(client, tier, suite, accepted);
        if (alert is null)
            client.ConsumeServerHello(hello);
        else
            Assert.Equal((AlertCode)alert, Refused(() => client.ConsumeServerHello(hello)));
    }

    [Fact]
    public void A_tier_below_the_own_minimum_is_refused_by_policy()
    {
        using ClientHandshake client = new(new ClientOffer(s_tiers, Tier.Hardened, new SuiteList([s_strong])));
        byte[] hello = ServerHelloFor(client, 1, 0x0104, 0);
        Assert.Equal(AlertCode.Policy, Refused(() => client.ConsumeServerHello(hello)));
    }

    [Fact]
    public void A_suite_that_is_offered_but_not_built_is_refused()
    {
        using ClientHandshake client = new(new ClientOffer(s_tiers, Tier.PostQuantum, new SuiteList([s_strong, Suite.Decode(0x017E)])));
        byte[] hello = ServerHelloFor(client, 2, 0x017E, 0);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeServerHello(hello)));
    }

    [Fact]
    public void Shares_and_ciphertexts_of_small_order_are_refused()
    {
        using ClientHandshake client = Client(s_strong);
        byte[] hello = ServerHelloFor(client, 2, 0x0104, 0);
        byte[] zero = [.. hello];
        zero.AsSpan(43, 32).Clear();
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => client.ConsumeServerHello(zero)));
        client.ConsumeServerHello(hello);

        using ClientHandshake another = Client(s_strong);
        byte[] offer = _buffer[..another.CreateClientHello(_buffer)];
        int share = offer.Length - 2 - HybridKem.Find(1)!.ShareSize;
        offer.AsSpan(share, 32).Clear();
        using ServerHandshake server = Server(s_strong);
        server.ConsumeClientHello(offer, Context());
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.CreateServerHello(_buffer)));
    }

    [Fact]
    public void Shares_of_a_wrong_length_or_outside_the_field_are_refused()
    {
        foreach (int length in (int[])[0, 1, 1599, 1601])
        {
            using ServerHandshake server = Server(s_strong);
            server.ConsumeClientHello(ClientHelloWith(new byte[length]), Context());
            Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.CreateServerHello(_buffer)));
        }

        byte[] overflow = [.. new byte[32], .. Enumerable.Repeat((byte)0xFF, 1568)];
        overflow[0] = 9;
        using ServerHandshake another = Server(s_strong);
        another.ConsumeClientHello(ClientHelloWith(overflow), Context());
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => another.CreateServerHello(_buffer)));
    }

    [Fact]
    public void A_reflected_encapsulation_has_another_role()
    {
        using ClientHandshake client = Client(s_strong);
        client.CreateClientHello(_buffer);
        ClientHello hello = ClientHello.ReadMessage(_buffer.AsSpan(0, MessageHeader.Read(_buffer).MessageSize));
        byte[] ciphertext = new byte[HybridKem.Find(1)!.CiphertextSize];
        byte[] z = new byte[64];
        HybridKem.Find(1)!.Encapsulate(hello.Share, EncapsulatorRole.Client, ciphertext, z);
        byte[] message = new ServerHello { Random = new byte[32], Tier = 2, Suite = 0x0104, Accepted = 0, Ciphertext = ciphertext }.ToArray();
        Transcript transcript = Transcript.Start();
        transcript.Append(_buffer.AsSpan(0, MessageHeader.Read(_buffer).MessageSize));
        transcript.Append(message);
        byte[] hash = new byte[64];
        transcript.Point(hash);
        client.ConsumeServerHello(message);
        using KeySchedule schedule = new(EarlyKind.None, []);
        schedule.EnterHandshake(z, hash);
        using TrafficSecret secret = schedule.DeriveServerHandshakeSecret();
        Assert.False(secret.Bytes.SequenceEqual(client.Secrets!.Server.Bytes));
    }

    [Fact]
    public void Another_host_key_or_a_relayed_proof_is_noticed()
    {
        // The relay shows its own key with the host's signature, then the host's key with its own signature.
        using SigningKey relay = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.GenerateKey();
        foreach (bool ownIdentity in (bool[])[true, false])
        {
            using ClientHandshake client = Client(s_strong);
            using ServerHandshake server = Server(s_strong);
            Hello(client, server);
            client.ConsumeServerHello(_buffer.AsSpan(0, server.CreateServerHello(_buffer)));
            client.ConsumeServerParams(_buffer.AsSpan(0, server.CreateServerParams(KnownHandshake.Parameters, _buffer)));
            client.ConsumeServerIdentity(_buffer.AsSpan(0, server.CreateServerIdentity((ownIdentity ? relay : s_hostKey).PublicKey, _buffer)));
            byte[] signature = Sign(ownIdentity ? s_hostKey : relay, server.BytesToSign());
            int length = server.CreateServerProof(signature, _buffer);
            Assert.Equal(AlertCode.HandshakeFailed, Refused(() => client.ConsumeServerProof(_buffer.AsSpan(0, length))));
        }
    }

    [Fact]
    public void A_proof_of_one_session_is_none_of_another()
    {
        using ClientHandshake client = Client(s_strong);
        using ServerHandshake server = Server(s_strong);
        Hello(client, server);
        client.ConsumeServerHello(_buffer.AsSpan(0, server.CreateServerHello(_buffer)));
        client.ConsumeServerParams(_buffer.AsSpan(0, server.CreateServerParams(KnownHandshake.Parameters, _buffer)));
        client.ConsumeServerIdentity(_buffer.AsSpan(0, server.CreateServerIdentity(KnownHandshake.HostKey, _buffer)));
        int length = server.CreateServerProof(KnownHandshake.Signature, _buffer);
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => client.ConsumeServerProof(_buffer.AsSpan(0, length))));
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

    [Fact]
    public void Qkd_figures_belong_to_high_tiers()
    {
        using KnownHandshake run = new();
        run.RunTo("SA");
        byte[] parameters = new byte[100];
        int length = (KnownHandshake.Parameters with { Qkd = new QkdOffer("sae"u8.ToArray(), 10) }).Write(parameters);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => run.Consume("SA", parameters.AsSpan(0, length))));
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(1099, 1099, true)]
    [InlineData(1100, 100, false)]
    [InlineData(100, 1100, false)]
    public void Qkd_at_tier_4(ushort serverRate, ushort clientRate, bool isGood)
    {
        TierSet tiers = TierSet.Between(Tier.PostQuantum, Tier.QuantumSecured);
        using ClientHandshake client = new(new ClientOffer(tiers, Tier.QuantumSecured, new SuiteList([s_strong])));
        using ServerHandshake server = new(new ServerOffer(tiers, new SuiteList([s_strong])));
        Hello(client, server);
        byte[] key = new byte[32];
        key[5] = 5;
        if (isGood)
            Finish(client, server, s_hostKey, QkdParameters(serverRate), () => Qkd(client, server, clientRate, key));
        else
            Assert.Equal(AlertCode.Policy, Refused(() => Finish(client, server, s_hostKey, QkdParameters(serverRate), () => Qkd(client, server, clientRate, key))));
    }

    [Fact]
    public void Different_qkd_keys_give_different_sessions()
    {
        TierSet tiers = TierSet.Between(Tier.QuantumSecured, Tier.QuantumSecured);
        using ClientHandshake client = new(new ClientOffer(tiers, Tier.QuantumSecured, new SuiteList([s_strong])));
        using ServerHandshake server = new(new ServerOffer(tiers, new SuiteList([s_strong])));
        Hello(client, server);
        (SessionSecrets one, SessionSecrets other) = Sessions(client, server, s_hostKey, QkdParameters(1), () =>
        {
            Qkd(client, server, 1, new byte[32], [.. Enumerable.Repeat((byte)1, 32)]);
        });
        Assert.False(one.ClientTraffic.Bytes.SequenceEqual(other.ClientTraffic.Bytes));
        one.Dispose();
        other.Dispose();
    }

    private static readonly SigningKey s_hostKey = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.GenerateKey();

    private static ServerParameters QkdParameters(ushort rate) => KnownHandshake.Parameters with { Qkd = new QkdOffer("server"u8.ToArray(), rate) };

    private void Qkd(ClientHandshake client, ServerHandshake server, ushort rate, byte[] key, byte[]? serverKey = null)
    {
        byte[] id = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];
        int length = client.CreateQkdKey(new QkdOffer("client"u8.ToArray(), rate), id, key, _buffer);
        QkdRequest request = server.ConsumeQkdKey(_buffer.AsSpan(0, length));
        Assert.Equal(id, request.KeyId.ToArray());
        server.UseQkdKey(serverKey ?? key);
    }

    private static ClientHandshake Client(params Suite[] suites) => new(new ClientOffer(s_tiers, Tier.PostQuantum, new SuiteList(suites)));

    private static ServerHandshake Server(params Suite[] suites) => new(new ServerOffer(s_tiers, new SuiteList(suites)));

    private HelloContext Context(bool busy = false, int work = 0) => new(_jar, s_address, Now, busy, work);

    private HelloDecision Hello(ClientHandshake client, ServerHandshake server, bool busy = false, int work = 0) =>
        server.ConsumeClientHello(_buffer.AsSpan(0, client.CreateClientHello(_buffer)), Context(busy, work));

    private void Retry(ClientHandshake client, ServerHandshake server) => client.ConsumeHelloRetry(_buffer.AsSpan(0, server.CreateHelloRetry(_buffer)));

    private void Flight(ClientHandshake client, ServerHandshake server, SigningKey hostKey) => Finish(client, server, hostKey, KnownHandshake.Parameters, () => { });

    private void Finish(ClientHandshake client, ServerHandshake server, SigningKey hostKey, ServerParameters parameters, Action qkd)
    {
        (SessionSecrets one, SessionSecrets other) = Sessions(client, server, hostKey, parameters, qkd);
        Assert.Equal(one.SessionId.ToArray(), other.SessionId.ToArray());
        Assert.Equal(one.ServerTraffic.Bytes.ToArray(), other.ServerTraffic.Bytes.ToArray());
        Assert.Equal(client.Binding!.Bytes.ToArray(), server.Binding!.Bytes.ToArray());
        one.Dispose();
        other.Dispose();
    }

    private (SessionSecrets Client, SessionSecrets Server) Sessions(
        ClientHandshake client, ServerHandshake server, SigningKey hostKey, ServerParameters parameters, Action qkd)
    {
        client.ConsumeServerHello(_buffer.AsSpan(0, server.CreateServerHello(_buffer)));
        client.ConsumeServerParams(_buffer.AsSpan(0, server.CreateServerParams(parameters, _buffer)));
        client.ConsumeServerIdentity(_buffer.AsSpan(0, server.CreateServerIdentity(hostKey.PublicKey, _buffer)));
        client.ConsumeServerProof(_buffer.AsSpan(0, server.CreateServerProof(Sign(hostKey, server.BytesToSign()), _buffer)));
        TrustQuestion trust = client.ConsumeServerFinished(_buffer.AsSpan(0, server.CreateServerFinished(_buffer)));
        Assert.Equal(hostKey.PublicKey.ToArray(), trust.Key.ToArray());
        qkd();
        int length = client.CreateClientFinished(_buffer, out SessionSecrets session);
        return (session, server.ConsumeClientFinished(_buffer.AsSpan(0, length)));
    }

    private byte[] ServerHelloFor(ClientHandshake client, int tier, int suite, int accepted)
    {
        int length = client.CreateClientHello(_buffer);
        ClientHello offer = ClientHello.ReadMessage(_buffer.AsSpan(0, length));
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

    private static byte[] Sign(SigningKey key, byte[] message)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        return signature;
    }

    private static AlertCode Refused(Action action) => Assert.Throws<ProtocolException>(action).Code;
}

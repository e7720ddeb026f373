using Qssh.Auth;
using Qssh.Crypto.Aead;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Schedule;

namespace Qssh.Speed;

/// <summary>Handshakes of both state machines, joined in memory: what a connection costs both sides together, without sockets.</summary>
internal static class HandshakeRows
{
    private static readonly byte[] s_address = new byte[16];

    public static void AddTo(List<SpeedRow> all)
    {
        foreach (Suite suite in SuiteList.Default.Items)
        {
            // The cipher makes no difference that could be seen; of slow host keys only some are measured unasked.
            if (suite.Cipher == Aead.Preferred)
                all.Add(new SpeedRow("handshake", suite.ToString(), 0, () => Handshake(suite, null), IsSlow(suite.Host) && !IsExample(suite)));
        }

        foreach (SignatureScheme user in (SignatureScheme[])[SignatureScheme.Falcon512, SignatureScheme.MlDsa65])
        {
            Suite suite = new(KemId.ChKem1024, user, Aead.Preferred);
            all.Add(new SpeedRow("handshake", $"{suite} and login with {SignatureRegistry.Find(user)!.Name}", 0, () => Handshake(suite, user)));
        }
    }

    /// <summary>Of the slow host keys, those that a table without words shows.</summary>
    private static bool IsExample(Suite suite) =>
        suite.Kem == KemId.ChKem1024 && suite.Host is (SignatureScheme.SlhDsaShake128s or SignatureScheme.SlhDsaShake128f);

    private static bool IsSlow(SignatureScheme scheme) => scheme is > SignatureScheme.MlDsa87;

    private static Action Handshake(Suite suite, SignatureScheme? userScheme)
    {
        SigningKey host = SignatureAlgorithm.Find(suite.Host)!.GenerateKey();
        SigningKey? user = userScheme is { } scheme ? SignatureAlgorithm.Find(scheme)!.GenerateKey() : null;
        CookieJar jar = new();
        SuiteList list = new([suite]);
        byte[] buffer = new byte[HandshakeLimits.Flight];
        return () => Run(list, host, user, jar, buffer);
    }

    private static void Run(SuiteList suites, SigningKey host, SigningKey? user, CookieJar jar, byte[] buffer)
    {
        TierSet tiers = TierSet.Between(Tier.PostQuantum, Tier.Hardened);
        AuthPolicy policy = new() { UserSchemes = [user?.Algorithm.Scheme ?? SignatureScheme.Falcon512] };
        using ClientHandshake client = new(new ClientOffer(tiers, Tier.PostQuantum, suites));
        using ServerHandshake server = new(new ServerOffer(tiers, suites));
        server.ConsumeClientHello(buffer.AsSpan(0, client.CreateClientHello(buffer)), new HelloContext(jar, s_address, 0));
        client.ConsumeServerHello(buffer.AsSpan(0, server.CreateServerHello(buffer)));
        ServerParameters seen = client.ConsumeServerParams(buffer.AsSpan(0, server.CreateServerParams(policy.ToParameters(), buffer)));
        client.ConsumeServerIdentity(buffer.AsSpan(0, server.CreateServerIdentity(host.PublicKey, buffer)));
        client.ConsumeServerProof(buffer.AsSpan(0, server.CreateServerProof(Sign(host, server.BytesToSign()), buffer)));
        client.ConsumeServerFinished(buffer.AsSpan(0, server.CreateServerFinished(buffer)));
        int length = client.CreateClientFinished(buffer, out SessionSecrets own);
        using SessionSecrets clientSession = own;
        using SessionSecrets serverSession = server.ConsumeClientFinished(buffer.AsSpan(0, length));
        if (!clientSession.SessionId.SequenceEqual(serverSession.SessionId))
            throw new InvalidOperationException("the sides do not agree");
        if (user is not null)
            Login(client.Binding!, server.Binding!, seen, policy, user, buffer);
    }

    private static void Login(SessionBinding client, SessionBinding server, ServerParameters seen, AuthPolicy policy, SigningKey user, byte[] buffer)
    {
        PublicKey key = PublicKey.Of(user);
        ClientAuthentication asks = new(client, seen, "user");
        ServerAuthentication decides = new(server, policy);
        int length = asks.CreateUserAuth(key, Sign(user, asks.BytesToSign(key)), default, buffer);
        decides.ConsumeUserAuth(buffer.AsSpan(0, length));
        if (decides.Decide(new KeyAuthorization(KeyDecision.Authorized, KeyOptions.None, ""), true) != AuthVerdict.Granted)
            throw new InvalidOperationException("the login was refused");
        asks.ConsumeAuthResult(buffer.AsSpan(0, decides.CreateAuthResult(buffer)));
    }

    private static byte[] Sign(SigningKey key, byte[] message)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        return signature;
    }
}

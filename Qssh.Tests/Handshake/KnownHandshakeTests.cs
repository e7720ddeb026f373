using Qssh.Auth;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Schedule;
using Qssh.Wire.Messages.Auth;
using Xunit;
using static Qssh.Tests.Support.ProtocolVectors;

namespace Qssh.Tests.Handshake;

/// <summary>The whole handshake and login against the known answers, byte for byte, on both sides.</summary>
public sealed class KnownHandshakeTests
{
    [Fact]
    public void Every_message()
    {
        using KnownHandshake run = new();
        foreach (string label in KnownHandshake.Order)
        {
            byte[] message = run.Create(label);
            Assert.Equal(Hex("messages", label), message);
            run.Consume(label, message);
        }

        Assert.Equal(ClientStep.Done, run.Client.Step);
        Assert.Equal(ServerStep.Done, run.Server.Step);
        Assert.Equal(Suite.Decode(0x0104), run.Client.Suite);
        Assert.Equal(Tier.Hardened, run.Server.Tier);
        Assert.Equal(KnownHandshake.Parameters.UserSchemes, run.SeenParameters!.UserSchemes);
        foreach (SessionSecrets session in (SessionSecrets[])[run.ClientSession!, run.ServerSession!])
        {
            Assert.Equal(Hex("schedule", "client_traffic"), session.ClientTraffic.Bytes.ToArray());
            Assert.Equal(Hex("schedule", "server_traffic"), session.ServerTraffic.Bytes.ToArray());
            Assert.Equal(Hex("schedule", "session_id"), session.SessionId.ToArray());
        }
    }

    [Fact]
    public void Binding_of_both_sides()
    {
        using KnownHandshake run = new();
        run.RunAll();
        byte[] expected = [.. Hex("schedule", "session_id"), .. Hex("transcript", "H_CF"), .. Hex("transcript", "H_SI"), .. Hex("transcript", "host_id")];
        Assert.Equal(expected, run.Client.Binding!.Bytes.ToArray());
        Assert.Equal(expected, run.Server.Binding!.Bytes.ToArray());
    }

    [Fact]
    public void Handshake_secrets_of_both_sides()
    {
        using KnownHandshake run = new();
        run.RunTo("SA");
        foreach (HandshakeSecrets secrets in (HandshakeSecrets[])[run.Client.Secrets!, run.Server.Secrets!])
        {
            Assert.Equal(Hex("schedule", "client_handshake"), secrets.Client.Bytes.ToArray());
            Assert.Equal(Hex("schedule", "server_handshake"), secrets.Server.Bytes.ToArray());
        }
    }

    [Fact]
    public void What_the_host_signs()
    {
        using KnownHandshake run = new();
        run.Consume("SH", run.RunTo("SH"));
        run.Create("SA");
        run.Create("SI");
        Assert.Equal(Hex("signed", "host"), run.Server.BytesToSign());
    }

    [Fact]
    public void The_trust_question_comes_with_the_finished_and_not_before()
    {
        using KnownHandshake run = new();
        byte[] finished = run.RunTo("SF");
        Assert.Null(run.Trust);
        run.Consume("SF", finished);
        Assert.Equal(SignatureScheme.MlDsa65, run.Trust!.Scheme);
        Assert.Equal(KnownHandshake.HostKey, run.Trust.Key.ToArray());
        Assert.Equal(Hex("transcript", "host_id"), run.Trust.HostId.ToArray());
    }

    [Fact]
    public void Login()
    {
        using KnownHandshake run = new();
        run.RunAll();
        using SigningKey user = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.LoadKey(Hex("inputs", "user_mldsa65_seed"))!;
        PublicKey key = PublicKey.Of(user);
        ClientAuthentication client = new(run.Client.Binding!, run.SeenParameters!, Text("inputs", "user"));
        Assert.Equal(Hex("signed", "user"), client.BytesToSign(key));
        UserAuth expected = UserAuth.ReadMessage(Hex("messages", "UA"));
        byte[] buffer = new byte[HandshakeLimits.Flight];
        int length = client.CreateUserAuth(key, expected.Proof, expected.First, buffer);
        Assert.Equal(Hex("messages", "UA"), buffer[..length]);

        ServerAuthentication server = new(run.Server.Binding!, new AuthPolicy { UserSchemes = KnownHandshake.Parameters.UserSchemes });
        UserClaim claim = server.ConsumeUserAuth(buffer.AsSpan(0, length));
        Assert.Equal(key, claim.Key);
        Assert.Equal(AuthVerdict.Granted, server.Decide(new KeyAuthorization(KeyDecision.Authorized, KeyOptions.None, "a:1"), true));
        Assert.Equal(Text("inputs", "user"), server.Grant!.User);
        Assert.Equal(AuthStatus.Success, client.ConsumeAuthResult(Hex("messages", "AR")));
        Assert.True(client.IsAuthenticated);
    }

    [Fact]
    public void Secrets_are_gone_when_the_handshake_is_done()
    {
        using KnownHandshake run = new();
        byte[] finished = run.RunTo("CF");
        HandshakeSecrets server = run.Server.Secrets!;
        run.Consume("CF", finished);
        Assert.Null(run.Client.Secrets);
        Assert.Null(run.Server.Secrets);
        Assert.Throws<ObjectDisposedException>(() => server.Client.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => server.Server.Bytes.Length);
    }

    [Fact]
    public void Nothing_goes_on_after_dispose()
    {
        KnownHandshake run = new();
        byte[] finished = run.RunTo("SF");
        HandshakeSecrets secrets = run.Client.Secrets!;
        run.Dispose();
        Assert.Throws<ProtocolException>(() => run.Consume("SF", finished));
        Assert.Throws<ObjectDisposedException>(() => secrets.Client.Bytes.Length);
    }
}

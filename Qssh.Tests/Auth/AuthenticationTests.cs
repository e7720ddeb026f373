using Qssh.Auth;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;
using Xunit;

namespace Qssh.Tests.Auth;

public sealed class AuthenticationTests
{
    private static readonly SigningKey s_signer = SignatureAlgorithm.Find(SignatureScheme.MlDsa44)!.GenerateKey();
    private static readonly SigningKey s_other = SignatureAlgorithm.Find(SignatureScheme.MlDsa44)!.GenerateKey();
    private static readonly KeyAuthorization s_yes = new(KeyDecision.Authorized, KeyOptions.None, "authorized_keys:1");
    private static readonly SessionBinding s_binding = Binding(1);
    private static readonly SignatureScheme[] s_schemes = [SignatureScheme.MlDsa44, SignatureScheme.MlDsa65];

    private readonly byte[] _buffer = new byte[HandshakeLimits.Flight];

    [Fact]
    public void A_signed_and_authorised_key_logs_in()
    {
        ServerAuthentication server = Server();
        UserClaim claim = server.ConsumeUserAuth(Claim(1, "alice", first: "abc"u8.ToArray()));
        Assert.Equal("alice", claim.User);
        Assert.Equal(PublicKey.Of(s_signer), claim.Key);
        Assert.Null(server.Grant);
        Assert.Equal(AuthVerdict.Granted, server.Decide(s_yes, true));
        Assert.Equal("abc"u8.ToArray(), server.Grant!.First.ToArray());
        Assert.Equal(Capabilities.Unrestricted, server.Grant.Capabilities);
        Assert.Equal((AuthStatus.Success, AuthMethods.None, 0), Answer(server));
        Assert.True(server.IsClosed);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeUserAuth(Claim(2, "alice"))));
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public void One_missing_part_denies_with_the_same_answer(bool signed, bool authorised, bool allowed)
    {
        ServerAuthentication server = Server();
        byte[] message = signed ? Claim(1, "alice") : Claim(1, "alice", signer: s_other, shown: s_signer);
        server.ConsumeUserAuth(message);
        Assert.Equal(AuthVerdict.Denied, server.Decide(authorised ? s_yes : KeyAuthorization.Denied, allowed));
        Assert.Null(server.Grant);
        Assert.Equal((AuthStatus.Failure, AuthMethods.PublicKey, 5), Answer(server));
        Assert.Equal(default, AuthVerdict.Denied);
    }

    [Fact]
    public void The_decoy_denies_every_key()
    {
        DecoyKeys decoy = new();
        Assert.Equal(KeyDecision.Denied, decoy.Find(PublicKey.Of(s_signer)).Decision);
    }

    [Fact]
    public void A_proof_holds_for_its_session_user_and_attempt_only()
    {
        byte[] proof = UserAuth.ReadMessage(Claim(1, "alice")).Proof.ToArray();
        Assert.Equal(AuthVerdict.Granted, Judge(s_binding, Message(1, "alice", proof)));
        for (int i = 0; i < 4; i++)
            Assert.Equal(AuthVerdict.Denied, Judge(Binding(1, i), Message(1, "alice", proof)));
        Assert.Equal(AuthVerdict.Denied, Judge(s_binding, Message(1, "alicf", proof)));
        Assert.Equal(AuthVerdict.Denied, Judge(s_binding, Message(1, "alic", proof)));

        ServerAuthentication server = Server();
        server.ConsumeUserAuth(Message(1, "alice", [1, 2, 3]));
        server.Decide(s_yes, true);
        Answer(server);
        server.ConsumeUserAuth(Message(2, "alice", proof));
        Assert.Equal(AuthVerdict.Denied, server.Decide(s_yes, true));
    }

    [Fact]
    public void Method_service_and_credential_are_signed()
    {
        byte[] user = "alice"u8.ToArray();
        byte[] credential = [(byte)SignatureScheme.MlDsa44, .. s_signer.PublicKey];
        byte[] signed = UserProof.Build(s_binding, AuthMethods.PublicKey, 1, user, AuthService.Connection, credential);
        Assert.Equal(signed, PublicKeyAuthentication.BytesToSign(s_binding, 1, user, PublicKey.Of(s_signer)));
        Assert.NotEqual(signed, UserProof.Build(s_binding, AuthMethods.Certificate, 1, user, AuthService.Connection, credential));
        Assert.NotEqual(signed, UserProof.Build(s_binding, AuthMethods.PublicKey, 1, user, "qssh-connectioN"u8, credential));
        credential[0] = (byte)SignatureScheme.MlDsa65;
        Assert.NotEqual(signed, UserProof.Build(s_binding, AuthMethods.PublicKey, 1, user, AuthService.Connection, credential));

        // Bytes moved between neighbouring fields are another message.
        Assert.NotEqual(
            UserProof.Build(s_binding, AuthMethods.PublicKey, 1, "ab"u8, "c"u8, []), UserProof.Build(s_binding, AuthMethods.PublicKey, 1, "a"u8, "bc"u8, []));
    }

    [Fact]
    public void Every_changed_byte_of_a_claim_is_noticed()
    {
        byte[] message = Claim(1, "alice", first: [7, 8, 9]);
        int proofEnd = message.Length - 2 - 3;
        for (int i = 0; i < message.Length; i++)
        {
            if (i is > 64 and < 1300 or > 1400 && i < proofEnd - 8 && i % 23 != 0)
                continue;
            byte[] changed = [.. message];
            changed[i] ^= 0x01;
            try
            {
                AuthVerdict verdict = Judge(s_binding, changed);

                // "first" is under the frame's seal only, as all of the session stream is.
                Assert.True(verdict == AuthVerdict.Denied || i >= proofEnd, $"byte {i}");
            }
            catch (ProtocolException)
            {
                // Refused before it was judged.
            }
        }

        for (int length = 0; length < message.Length; length++)
        {
            byte[] cut = message[..length];
            Refused(() => Server().ConsumeUserAuth(cut));
        }
    }

    [Fact]
    public void Attempts_count_up_from_one_and_run_out()
    {
        ServerAuthentication server = Server(attempts: 3);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeUserAuth(Claim(2, "alice"))));
        for (byte attempt = 1; attempt <= 3; attempt++)
        {
            server.ConsumeUserAuth(Claim(attempt, "alice"));
            Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeUserAuth(Claim((byte)(attempt + 1), "alice"))));
            server.Decide(KeyAuthorization.Denied, true);
            Assert.Equal((AuthStatus.Failure, AuthMethods.PublicKey, 3 - attempt), Answer(server));
            Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeUserAuth(Claim(attempt, "alice"))));
        }

        Assert.True(server.IsClosed);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeUserAuth(Claim(4, "alice"))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Server(attempts: 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Server(attempts: 0));
    }

    [Fact]
    public void What_was_not_offered_or_is_malformed_is_refused()
    {
        byte[] key = s_signer.PublicKey.ToArray();
        RefuseMessage(Raw(method: AuthMethods.Password, credential: []));
        RefuseMessage(Raw(method: AuthMethods.Certificate, credential: [1]));
        RefuseMessage(Raw(method: AuthMethods.Bound, credential: [], proof: []));
        RefuseMessage(Raw(credential: [(byte)SignatureScheme.MlDsa87, .. key]));
        RefuseMessage(Raw(credential: [0, .. key]));
        RefuseMessage(Raw(credential: [(byte)SignatureScheme.MlDsa65, .. key]));
        RefuseMessage(Raw(credential: [(byte)SignatureScheme.MlDsa44, .. key, 0]));
        RefuseMessage(Raw(credential: [(byte)SignatureScheme.MlDsa44]));
        RefuseMessage(Raw(service: "ssh-connection"u8.ToArray()));
        foreach (string user in (string[])["", "a b", "a\n", "a\0", "\u00e9", "a\x7f"])
            RefuseMessage(Raw(user: System.Text.Encoding.UTF8.GetBytes(user)));
    }

    [Fact]
    public void The_user_may_not_change()
    {
        ServerAuthentication server = Server();
        server.ConsumeUserAuth(Claim(1, "alice"));
        server.Decide(KeyAuthorization.Denied, true);
        Answer(server);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeUserAuth(Claim(2, "root"))));
    }

    [Fact]
    public void Two_keys_add_up_once_each_and_restrictions_intersect()
    {
        KeyOptions ptyOnly = new() { Capabilities = new Capabilities { Permissions = Permissions.Pty | Permissions.UserRc, ForcedCommand = "date" } };
        KeyOptions forwardOnly = new() { Capabilities = new Capabilities { Permissions = Permissions.PortForwarding | Permissions.UserRc } };
        ServerAuthentication server = Server(keys: 2);
        server.ConsumeUserAuth(Claim(1, "alice"));
        Assert.Equal(AuthVerdict.Partial, server.Decide(s_yes with { Options = ptyOnly }, true));
        Assert.Equal((AuthStatus.Partial, AuthMethods.PublicKey, 5), Answer(server));
        Assert.Null(server.Grant);

        server.ConsumeUserAuth(Claim(2, "alice"));
        Assert.Equal(AuthVerdict.Denied, server.Decide(s_yes, true));
        Answer(server);
        server.ConsumeUserAuth(Claim(3, "alice", signer: s_other));
        Assert.Equal(AuthVerdict.Granted, server.Decide(s_yes with { Options = forwardOnly }, true));
        Assert.Equal(Permissions.UserRc, server.Grant!.Capabilities.Permissions);
        Assert.Equal("date", server.Grant.Capabilities.ForcedCommand);
        Assert.Equal(2, server.Grant.Keys.Count);
    }

    [Fact]
    public void Calls_out_of_order_are_our_own_mistake()
    {
        ServerAuthentication server = Server();
        Assert.Throws<InvalidOperationException>(() => server.Decide(s_yes, true));
        Assert.Throws<InvalidOperationException>(() => server.CreateAuthResult(_buffer));
        server.ConsumeUserAuth(Claim(1, "alice"));
        Assert.Throws<InvalidOperationException>(() => server.CreateAuthResult(_buffer));
        server.Decide(KeyAuthorization.Denied, true);
        Assert.Throws<InvalidOperationException>(() => server.Decide(s_yes, true));
    }

    [Fact]
    public void Client_tries_one_key_after_another()
    {
        ServerAuthentication server = Server();
        ClientAuthentication client = Client();
        Assert.Throws<ArgumentException>(() => client.BytesToSign(PublicKey.Of(MlDsa87Key())));
        Assert.Equal(AuthStatus.Failure, Exchange(client, server, s_other, KeyAuthorization.Denied));
        Assert.True(client.CanTry);
        Assert.Equal(AuthStatus.Success, Exchange(client, server, s_signer, s_yes));
        Assert.True(client.IsAuthenticated);
        Assert.False(client.CanTry);
        Assert.Throws<InvalidOperationException>(() => client.BytesToSign(PublicKey.Of(s_signer)));
    }

    [Fact]
    public void Client_takes_a_result_only_when_one_is_due_and_stops_when_attempts_run_out()
    {
        ClientAuthentication client = Client();
        byte[] failure = new AuthResult { Status = AuthStatus.Failure, Methods = AuthMethods.PublicKey, Left = 200, DetachSeconds = 0, ReplayBytes = 0, Tickets = default }.ToArray();
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeAuthResult(failure)));
        for (int attempt = 1; attempt <= 6; attempt++)
        {
            Assert.True(client.CanTry);
            client.CreateUserAuth(PublicKey.Of(s_signer), [1], [], _buffer);
            Assert.False(client.CanTry);
            for (int length = 0; length < failure.Length; length++)
                Refused(() => client.ConsumeAuthResult(failure.AsSpan(0, length)));
            client.ConsumeAuthResult(failure);
            Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeAuthResult(failure)));
        }

        Assert.False(client.CanTry);
    }

    [Fact]
    public void Client_refuses_to_name_what_is_no_user() =>
        Assert.Throws<FailureException>(() => new ClientAuthentication(s_binding, new AuthPolicy { UserSchemes = s_schemes }.ToParameters(), "two words"));

    [Theory]
    [InlineData(0, 250)]
    [InlineData(1, 250)]
    [InlineData(249.9, 250)]
    [InlineData(250, 500)]
    [InlineData(1499, 1500)]
    public void Failures_are_answered_on_the_grid(double elapsed, double due) =>
        Assert.Equal(due, AnswerGrid.DueAfter(TimeSpan.FromMilliseconds(elapsed)).TotalMilliseconds);

    private AuthStatus Exchange(ClientAuthentication client, ServerAuthentication server, SigningKey signer, KeyAuthorization authorization)
    {
        PublicKey key = PublicKey.Of(signer);
        byte[] signature = Sign(signer, client.BytesToSign(key));
        int length = client.CreateUserAuth(key, signature, [], _buffer);
        server.ConsumeUserAuth(_buffer.AsSpan(0, length));
        server.Decide(authorization, true);
        return client.ConsumeAuthResult(_buffer.AsSpan(0, server.CreateAuthResult(_buffer)));
    }

    private static AuthVerdict Judge(SessionBinding binding, byte[] message)
    {
        ServerAuthentication server = new(binding, new AuthPolicy { UserSchemes = s_schemes });
        server.ConsumeUserAuth(message);
        return server.Decide(s_yes, true);
    }

    private (AuthStatus Status, AuthMethods Methods, int Left) Answer(ServerAuthentication server)
    {
        AuthResult result = AuthResult.ReadMessage(_buffer.AsSpan(0, server.CreateAuthResult(_buffer)));
        return (result.Status, result.Methods, result.Left);
    }

    private static void RefuseMessage(byte[] message) => Assert.Equal(AlertCode.ProtocolError, Refused(() => Server().ConsumeUserAuth(message)));

    private static byte[] Claim(byte attempt, string user, SigningKey? signer = null, SigningKey? shown = null, byte[]? first = null)
    {
        signer ??= s_signer;
        PublicKey key = PublicKey.Of(shown ?? signer);
        byte[] name = System.Text.Encoding.ASCII.GetBytes(user);
        return Message(attempt, user, Sign(signer, PublicKeyAuthentication.BytesToSign(s_binding, attempt, name, key)), key, first);
    }

    private static byte[] Message(byte attempt, string user, byte[] proof, PublicKey? key = null, byte[]? first = null)
    {
        byte[] buffer = new byte[HandshakeLimits.Flight];
        int length = PublicKeyAuthentication.WriteUserAuth(
            attempt, System.Text.Encoding.ASCII.GetBytes(user), key ?? PublicKey.Of(s_signer), proof, first, buffer);
        return buffer[..length];
    }

    private static byte[] Raw(
        AuthMethods method = AuthMethods.PublicKey, byte[]? user = null, byte[]? service = null, byte[]? credential = null, byte[]? proof = null) => new UserAuth
        {
            Attempt = 1,
            User = user ?? "alice"u8.ToArray(),
            Service = service ?? AuthService.Connection.ToArray(),
            Method = method,
            Credential = credential ?? [(byte)SignatureScheme.MlDsa44, .. s_signer.PublicKey],
            Proof = proof ?? new byte[2420],
            First = default,
        }.ToArray();

    private static byte[] Sign(SigningKey key, byte[] message)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        return signature;
    }

    private static SigningKey MlDsa87Key() => SignatureAlgorithm.Find(SignatureScheme.MlDsa87)!.GenerateKey();

    private static SessionBinding Binding(byte seed, int changed = -1) => new(
        Part(32, seed, changed == 0), Part(64, seed, changed == 1), Part(64, seed, changed == 2), Part(32, seed, changed == 3));

    private static byte[] Part(int size, byte seed, bool change)
    {
        byte[] part = [.. Enumerable.Repeat(seed, size)];
        part[^1] ^= change ? (byte)1 : (byte)0;
        return part;
    }

    private static ServerAuthentication Server(int attempts = 6, int keys = 1) =>
        new(s_binding, new AuthPolicy { UserSchemes = s_schemes, Attempts = attempts, RequiredKeys = keys });

    private static ClientAuthentication Client() =>
        new(s_binding, new AuthPolicy { UserSchemes = s_schemes }.ToParameters(), "alice");

    private static AlertCode Refused(Action action) => Assert.Throws<ProtocolException>(action).Code;
}

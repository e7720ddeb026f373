using System.Diagnostics;
using System.Text;
using Qssh.Auth;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Hostile;

/// <summary>State S4 of the running server: who logs in, who does not, and that nobody can tell why.</summary>
[Collection(HostileTests.Name)]
public sealed class LoginAttackTests(HostileRange range) : IDisposable
{
    private HostileServer Server => range.Server;

    private SigningKey Key => Server.Key;

    private string User => Server.User;

    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Claims_that_break_the_rules_are_protocol_errors()
    {
        byte[] credential = [(byte)SignatureScheme.MlDsa65, .. Key.PublicKey];
        byte[] proof = new byte[Key.Algorithm.SignatureSize];
        (string Name, byte[] Claim)[] cases =
        [
            ("attempt 2 first", Claim(attempt: 2)),
            ("attempt 0", Claim(attempt: 0)),
            ("attempt 255", Claim(attempt: 255)),
            ("no user", Claim(user: "")),
            ("user with a blank", Claim(user: "root x")),
            ("user with a line end", Claim(user: "root\n")),
            ("user with an escape", Claim(user: "\x1b[2J")),
            ("user with NUL", Claim(user: "root\0")),
            ("user outside ASCII", Claim(user: "r\u00f6\u00f6t")),
            ("no service", Claim(service: "")),
            ("service of SSH-2", Claim(service: "ssh-connection")),
            ("longer service", Claim(service: "qssh-connection\0")),
            ("method 0", Claim(method: 0)),
            ("certificate", Claim(method: 2)),
            ("password", Claim(method: 4, credential: [])),
            ("bound", Claim(method: 8, credential: [], proof: [])),
            ("two methods", Claim(method: 5)),
            ("method 0x80", Claim(method: 0x80)),
            ("no key", Claim(credential: [])),
            ("scheme alone", Claim(credential: [4])),
            ("scheme 0", Claim(credential: [0, .. Key.PublicKey])),
            ("scheme that is not built", Claim(credential: [0x41, .. new byte[64]])),
            ("key too short", Claim(credential: credential[..^1])),
            ("key too long", Claim(credential: [.. credential, 0])),
            ("key of another scheme's length", Claim(credential: [(byte)SignatureScheme.MlDsa87, .. Key.PublicKey])),
            ("first of 4097 bytes", Claim(first: new byte[4097])),
            ("cut", Cut(Claim(), 5)),
            ("one byte more", [.. Cut(Claim(), 0), 0]),
        ];
        foreach ((string name, byte[] claim) in cases)
        {
            using ScriptedClient client = Server.ConnectToLogin();
            Send(client, Cut(claim, 0));
            client.ExpectAlert(AlertCode.ProtocolError, name);
        }

        byte[] Claim(int attempt = 1, string? user = null, string? service = null, byte method = 1, byte[]? credential = null, byte[]? proof = null, byte[]? first = null) =>
            Encode(attempt, Encoding.UTF8.GetBytes(user ?? User), Encoding.UTF8.GetBytes(service ?? "qssh-connection"), method, credential ?? Credential(), proof ?? Proof(), first ?? []);

        byte[] Credential() => credential;

        byte[] Proof() => proof;
    }

    [BinaryFact]
    public void Whatever_is_wrong_with_a_login_looks_and_takes_the_same()
    {
        using SigningKey stranger = Key.Algorithm.GenerateKey();
        using ScriptedClient relay = Server.ConnectToLogin();
        (string Name, Func<ScriptedClient, byte[]> Claim)[] cases =
        [
            ("wrong key", c => c.UserAuth(User, stranger)),
            ("unknown user", c => c.UserAuth("nobody-of-this-name", Key)),
            ("unknown user, wrong key", c => c.UserAuth("nobody-of-this-name", stranger)),
            ("user without a shell", c => c.UserAuth("daemon", Key)),
            ("parent directory", c => c.UserAuth("../../etc/passwd", Key)),
            ("option", c => c.UserAuth("--help", Key)),
            ("number", c => c.UserAuth("0", Key)),
            ("separator", c => c.UserAuth("root:x", Key)),
            ("longest name", c => c.UserAuth(new string('a', 255), Key)),
            ("other case", c => c.UserAuth(User.ToUpperInvariant(), Key)),
            ("first byte of the signature", c => Flip(c.UserAuth(User, Key), SignatureStart(c) + 1)),
            ("last byte of the signature", c => Flip(c.UserAuth(User, Key), c.UserAuth(User, Key).Length - 3)),
            ("signature of another session", c => c.UserAuth(User, Key, binding: relay.Handshake.Binding)),
            ("signature of another user", c => Rename(c.UserAuth(User + "x", Key))),
            ("signature of another attempt", c => Renumber(c.UserAuth(User, Key, attempt: 2))),
            ("empty signature", c => Encode(1, Encoding.ASCII.GetBytes(User), "qssh-connection"u8, 1, [4, .. Key.PublicKey], [], [])),
            ("long signature", c => Encode(1, Encoding.ASCII.GetBytes(User), "qssh-connection"u8, 1, [4, .. Key.PublicKey], new byte[9000], [])),
            ("key with a flipped bit", c => Flip(c.UserAuth(User, Key), SignatureStart(c) - 10)),
        ];
        byte[]? answer = null;
        foreach ((string name, Func<ScriptedClient, byte[]> claim)[] batch in cases.Chunk(6))
            Probe(batch, ref answer);
        Assert.Equal([0x21, 0, 12, 1, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], answer);
    }

    /// <summary>Several at once, as each answer waits for its place on the grid.</summary>
    private void Probe((string Name, Func<ScriptedClient, byte[]> Claim)[] cases, ref byte[]? answer)
    {
        ScriptedClient[] clients = [.. cases.Select(_ => Server.ConnectToLogin())];
        long[] sent = new long[cases.Length];
        for (int i = 0; i < cases.Length; i++)
        {
            byte[] claim = cases[i].Claim(clients[i]);
            sent[i] = Stopwatch.GetTimestamp();
            Send(clients[i], claim);
        }

        for (int i = 0; i < cases.Length; i++)
        {
            long before = clients[i].ReceivedBytes;
            ReceivedRecord record = clients[i].Receive() ?? throw new InvalidOperationException(cases[i].Name);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(sent[i]);
            Assert.Equal(FrameKind.Auth, record.Kind);
            Assert.Equal(Frame.Size, clients[i].ReceivedBytes - before);
            answer ??= record.Payload;
            Assert.True(answer.AsSpan().SequenceEqual(record.Payload), cases[i].Name);
            Assert.InRange(elapsed.TotalMilliseconds, 249, 740);
            clients[i].Dispose();
        }
    }

    [BinaryFact]
    public void After_the_last_attempt_there_is_an_alert_and_no_seventh()
    {
        using SigningKey stranger = Key.Algorithm.GenerateKey();
        using ScriptedClient client = Server.ConnectToLogin();
        for (int attempt = 1; attempt <= 6; attempt++)
        {
            client.SendUserAuth(client.UserAuth(User, stranger, attempt));
            ReceivedRecord record = client.Receive()!.Value;
            AuthResult result = AuthResult.ReadMessage(record.Payload);
            Assert.Equal((AuthStatus.Failure, 6 - attempt), (result.Status, result.Left));
        }

        client.SendUserAuth(client.UserAuth(User, Key, 7));
        client.ExpectAlert(AlertCode.AuthenticationFailed, "after the sixth");
    }

    [BinaryFact]
    public void Attempts_belong_to_one_user_and_come_in_order()
    {
        using SigningKey stranger = Key.Algorithm.GenerateKey();
        (string Name, Func<ScriptedClient, byte[]> Second)[] cases =
        [
            ("another user", c => c.UserAuth("daemon", Key, 2)),
            ("the same attempt again", c => c.UserAuth(User, Key, 1)),
            ("attempt 3", c => c.UserAuth(User, Key, 3)),
        ];
        ScriptedClient[] clients = [.. cases.Select(_ => Server.ConnectToLogin())];
        foreach (ScriptedClient client in clients)
            client.SendUserAuth(client.UserAuth(User, stranger));
        for (int i = 0; i < cases.Length; i++)
        {
            using ScriptedClient client = clients[i];
            Assert.Equal(AuthStatus.Failure, client.ReceiveAuthStatus());
            client.SendUserAuth(cases[i].Second(client));
            client.ExpectAlert(AlertCode.ProtocolError, cases[i].Name);
        }
    }

    [BinaryFact]
    public void A_failed_attempt_does_not_spoil_the_next_and_its_first_bytes_are_dropped()
    {
        using SigningKey stranger = Key.Algorithm.GenerateKey();
        using ScriptedClient client = Server.ConnectToLogin();
        client.SendUserAuth(client.UserAuth(User, stranger, first: [.. ScriptedClient.Run($"touch {Server.Home.Path}/first")[0], .. ScriptedClient.Run($"touch {Server.Home.Path}/first")[1]]));
        Assert.Equal(AuthStatus.Failure, client.ReceiveAuthStatus());
        client.SendUserAuth(client.UserAuth(User, Key, 2));
        Assert.Equal(AuthStatus.Success, client.ReceiveAuthStatus());
        Assert.Equal("in\n", client.RunToEnd("echo in"));
        Assert.False(File.Exists(Server.Home["first"]));
    }

    [BinaryFact]
    public void Frames_before_login_are_counted()
    {
        using ScriptedClient client = Server.ConnectToLogin();
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            Send(client, Encode(attempt, Encoding.ASCII.GetBytes(User), "qssh-connection"u8, 1, [4, .. Key.PublicKey], new byte[44_000], []));
            Assert.Equal(AuthStatus.Failure, client.ReceiveAuthStatus());
        }

        Send(client, Encode(3, Encoding.ASCII.GetBytes(User), "qssh-connection"u8, 1, [4, .. Key.PublicKey], new byte[44_000], []));
        client.ExpectAlert(AlertCode.SessionLimit, "196 frames");
    }

    [BinaryFact]
    public void A_flipped_bit_in_any_frame_of_a_claim_does_not_open()
    {
        foreach (int position in Sealed.Fields)
        {
            using ScriptedClient client = Server.ConnectToLogin();
            byte[] claim = client.UserAuth(User, Key);
            byte[] frames = client.CutFlight(FrameKind.Auth, 8, claim);
            client.SendRaw(Sealed.Flip(frames, position % 3 * 3 * Frame.Size + position, position % 8));
            client.ExpectAlert(AlertCode.FrameDidNotOpen, $"byte {position}");
        }
    }

    [BinaryFact]
    public void The_padding_of_a_claim_is_its_class_and_empty()
    {
        // Nine frames of sixteen.
        byte[] pings = [.. Enumerable.Repeat<byte[]>([0x70, 0, 4, 0, 0, 0, 1], 150).SelectMany(ping => ping)];
        using (ScriptedClient client = Server.ConnectToLogin())
        {
            client.SendFlight(FrameKind.Auth, 15, client.UserAuth(User, Key, first: pings));
            client.Send(FrameKind.Auth, [0]);
            client.ExpectAlert(AlertCode.ProtocolError, "padding with content");
        }

        using (ScriptedClient client = Server.ConnectToLogin())
        {
            client.SendFlight(FrameKind.Auth, 15, client.UserAuth(User, Key, first: pings));
            client.Send(FrameKind.Session, [0x70, 0, 4, 0, 0, 0, 1]);
            client.ExpectAlert(AlertCode.ProtocolError, "session inside the padding");
        }

        using (ScriptedClient client = Server.ConnectToLogin())
        {
            client.SendFlight(FrameKind.Auth, 17, client.UserAuth(User, Key, first: pings));
            Assert.Equal(AuthStatus.Success, client.ReceiveAuthStatus());
            while (client.ReceiveMessage() is { } pong)
                Assert.Equal(0x71, pong[0]);
            Assert.Equal(AlertCode.ProtocolError, client.LastAlert);
        }
    }

    private static void Send(ScriptedClient client, byte[] claim) =>
        client.SendFlight(FrameKind.Auth, PaddingClass.ForUserAuth(Frame.CountSealed(claim.Length)), claim);

    private static byte[] Flip(byte[] claim, int position)
    {
        claim[position] ^= 1;
        return claim;
    }

    /// <summary>Where the length of the proof begins.</summary>
    private int SignatureStart(ScriptedClient client) => client.UserAuth(User, Key).Length - 2 - Key.Algorithm.SignatureSize - 1;

    /// <summary>Takes the x off the end of the name again.</summary>
    private byte[] Rename(byte[] claim)
    {
        int end = 3 + 1 + 1 + User.Length;
        List<byte> changed = [.. claim[..end], .. claim[(end + 1)..]];
        changed[4]--;
        return Cut([.. changed], 0);
    }

    private static byte[] Renumber(byte[] claim)
    {
        claim[3] = 1;
        return claim;
    }

    /// <summary>Without some bytes at the end, with the length that is true.</summary>
    private static byte[] Cut(byte[] message, int bytes)
    {
        byte[] cut = message[..^bytes];
        (cut[1], cut[2]) = ((byte)((cut.Length - 3) >> 8), (byte)(cut.Length - 3));
        return cut;
    }

    private static byte[] Encode(int attempt, ReadOnlySpan<byte> user, ReadOnlySpan<byte> service, byte method, byte[] credential, byte[] proof, byte[] first)
    {
        List<byte> message = [0x20, 0, 0, (byte)attempt, (byte)user.Length, .. user, (byte)service.Length, .. service, method];
        foreach (byte[] part in (byte[][])[credential, proof, first])
        {
            message.AddRange((byte)(part.Length >> 8), (byte)part.Length);
            message.AddRange(part);
        }

        return Cut([.. message], 0);
    }
}

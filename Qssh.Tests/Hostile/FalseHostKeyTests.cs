using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Tests.Support;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Hostile;

/// <summary>Host keys inside a session: hosts that claim what they cannot prove, and clients that ask for more than there is.</summary>
[Collection(HostileTests.Name)]
public sealed class FalseHostKeyTests(FalseServer server, HostileRange range) : IClassFixture<FalseServer>
{
    private static readonly byte[][] s_end =
    [
        new ChannelAccept { Channel = 0, Window = 1 << 20 }.ToArray(),
        new RequestReply { Channel = 0, Request = ExecRequest.MessageType, Ok = true }.ToArray(),
        new ExitStatus { Channel = 0, Status = 0 }.ToArray(),
        new ChannelClose { Channel = 0 }.ToArray(),
    ];

    [BinaryFact]
    public void A_host_that_lies_teaches_nothing()
    {
        using SigningKey claimed = SignatureAlgorithm.FindByName("falcon512")!.GenerateKey(), good = SignatureAlgorithm.FindByName("mldsa44")!.GenerateKey();
        (string Name, bool Learns, Func<SessionBinding, byte[]> Sign)[] cases =
        [
            ("signed by another key", false, binding => Sign(good, HostKeyAnnouncement.Build(binding, 1, claimed.PublicKey), claimed.Algorithm.SignatureSize)),
            ("signed for another session", false, binding => Sign(claimed, HostKeyAnnouncement.Build(Other(binding), 1, claimed.PublicKey))),
            ("signed as a host proof", false, binding => Sign(claimed, binding.HSi)),
            ("not signed", false, _ => []),
            ("signed", true, binding => Sign(claimed, HostKeyAnnouncement.Build(binding, 1, claimed.PublicKey))),
        ];
        foreach ((string name, bool learns, Func<SessionBinding, byte[]> sign) in cases)
        {
            string known = Remember(PublicKey.Of(server.Key.Key), PublicKey.Of(good));
            string before = File.ReadAllText(known);
            ProgramRun run = server.Run(Options(known), peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession(List(server.Key.Key, claimed));
                ExpectRequest(peer);
                peer.SendSession(new HostKeyProof { Scheme = 1, Key = claimed.PublicKey, Signature = sign(peer.Handshake.Binding!) }.ToArray());
                peer.SendSession(s_end);
                peer.ReadToEnd();
            });
            Assert.True(run.ExitCode == 0, $"{name}: {run.Errors}");
            // A host that is caught is not believed about what it has no more either; one that only cannot sign now is.
            string expected = learns ? Lines(server.Key.Key, claimed) : name == "not signed" ? Lines(server.Key.Key) : before;
            Assert.Equal((name, expected), (name, File.ReadAllText(known)));
            Assert.Equal(name.StartsWith("signed ", StringComparison.Ordinal), run.Errors.Contains("without having it", StringComparison.Ordinal));
        }
    }

    [BinaryFact]
    public void Answers_without_a_question_end_the_client()
    {
        using SigningKey claimed = SignatureAlgorithm.FindByName("falcon512")!.GenerateKey();
        byte[] own = List(server.Key.Key), proof = new HostKeyProof { Scheme = 1, Key = claimed.PublicKey, Signature = default }.ToArray();
        (string Name, bool Asks, byte[][] Messages)[] cases =
        [
            ("list that was not asked for", false, [own]),
            ("proof that was not asked for", false, [proof]),
            ("list twice", true, [own, own]),
            ("one key twice", true, [List(server.Key.Key, server.Key.Key)]),
            ("proof of an unlisted key", true, [own, proof]),
            ("proof of no scheme", true, [own, new HostKeyProof { Scheme = 99, Key = [1], Signature = default }.ToArray()]),
            ("17 keys", true, [[0x73, 17 * 33 + 1 >> 8, (17 * 33 + 1) & 0xFF, 17, .. new byte[17 * 33]]]),
            ("request of a client", true, [new HostKeyRequest { Digests = default }.ToArray()]),
        ];
        foreach ((string name, bool asks, byte[][] messages) in cases)
        {
            string known = Remember(PublicKey.Of(server.Key.Key));
            string[] options = asks ? Options(known) : ["-o", "UpdateHostKeys=no", .. Options(known)];
            ProgramRun run = server.Run(options, peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession(messages);
                Assert.Null(Drain(peer));
                Assert.Equal((name, AlertCode.ProtocolError), (name, peer.LastAlert ?? AlertCode.Close));
            });
            Assert.Equal((name, 255), (name, run.ExitCode));
        }
    }

    [BinaryFact]
    public void A_client_gets_each_proof_once()
    {
        HostileServer running = range.Server;
        byte[] everything = new HostKeyRequest { Digests = default }.ToArray();
        using (ScriptedClient client = running.LogIn())
        {
            client.SendSession(everything);
            HostKeyList list = HostKeyList.ReadMessage(client.ReceiveUntil(HostKeyList.MessageType)[^1]);
            Assert.Equal(1, list.Keys.Count);
            byte[] wanted = new HostKeyRequest { Digests = new RecordList<KeyDigest>(list.Keys[0].Digest) }.ToArray();
            client.SendSession(wanted);
            HostKeyProof proof = HostKeyProof.ReadMessage(client.ReceiveUntil(HostKeyProof.MessageType)[^1]);
            PublicKey key = PublicKey.TryCreate((SignatureScheme)proof.Scheme, proof.Key)!;
            Assert.True(key.Algorithm!.Verify(proof.Key, HostKeyAnnouncement.Build(client.Handshake.Binding!, proof.Scheme, proof.Key), proof.Signature));
            client.SendSession(wanted);
            Assert.Null(client.ReceiveMessage());
            Assert.Equal(AlertCode.ProtocolError, client.LastAlert);
        }

        foreach (byte[][] attack in (byte[][][])
            [
                [everything, everything],
                [new HostKeyRequest { Digests = new RecordList<KeyDigest>(new byte[32]) }.ToArray()],
                [[0x72, 0, 2, 1, 0]],
                [[0x72, 2, 33, 17, .. new byte[17 * 32]]],
                [List(running.Key)],
            ])
        {
            using ScriptedClient client = running.LogIn();
            client.SendSession(attack);
            while (client.ReceiveMessage() is not null)
            {
            }

            Assert.Equal(AlertCode.ProtocolError, client.LastAlert);
        }

        running.AssertServes();
    }

    private static byte[] Sign(SigningKey key, ReadOnlySpan<byte> message, int size = 0)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        if (size > 0)
            Array.Resize(ref signature, size);
        return signature;
    }

    private static SessionBinding Other(SessionBinding binding)
    {
        byte[] id = binding.SessionId.ToArray();
        id[0] ^= 1;
        ReadOnlySpan<byte> rest = binding.Bytes[32..];
        return new SessionBinding(id, rest[..64], rest.Slice(64, 64), binding.HostId);
    }

    private static byte[] List(params SigningKey[] keys)
    {
        byte[] records = new byte[keys.Length * 33];
        for (int i = 0; i < keys.Length; i++)
        {
            records[i * 33] = (byte)keys[i].Algorithm.Scheme;
            Sha256.Hash(PublicKey.Of(keys[i]).Blob, records.AsSpan(i * 33 + 1, 32));
        }

        return new HostKeyList { Keys = new RecordList<ListedKey>(records) }.ToArray();
    }

    /// <summary>The client's question, which came with the login, and then what it wants.</summary>
    private static void ExpectRequest(ScriptedServer peer)
    {
        while (peer.ReceiveMessage() is { } message)
        {
            if (message[0] == HostKeyRequest.MessageType && HostKeyRequest.ReadMessage(message).Digests.Count > 0)
                return;
        }

        throw new InvalidOperationException("the client asks for nothing");
    }

    private static byte[]? Drain(ScriptedServer peer)
    {
        while (peer.ReceiveMessage() is not null)
        {
        }

        return null;
    }

    private string[] Options(string known) => ["-o", "HostKeyAlias=thehost", "-o", "UserKnownHostsFile=" + known, "-o", "UpdateHostKeys=yes"];

    private string Remember(params PublicKey[] keys)
    {
        string known = server.Home["known_" + Guid.NewGuid().ToString("n")];
        File.WriteAllText(known, string.Concat(keys.Select(key => $"thehost {key.ToLine()}\n")));
        return known;
    }

    private static string Lines(params SigningKey[] keys) => string.Concat(keys.Select(key => $"thehost {PublicKey.Of(key).ToLine()}\n"));
}

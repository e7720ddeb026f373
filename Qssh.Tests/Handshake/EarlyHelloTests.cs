using System.Security.Cryptography;
using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;
using Xunit;
using static Qssh.Tests.Support.ProtocolVectors;

namespace Qssh.Tests.Handshake;

/// <summary>Hellos with an early input: their known answers, and a server that takes none of them.</summary>
public sealed class EarlyHelloTests
{
    [Fact]
    public void Psk_hello() => Assert.Equal(Hex("psk", "CH"), Hello("psk", EarlyKind.PreSharedKey, Hex("psk", "hint"), [0x0100, 0x0104]));

    [Fact]
    public void Resume_hello() => Check("resume", EarlyKind.Resume, Hex("resume", "handle"), [0x0100, 0x0104]);

    [Fact]
    public void Attach_hello() => Check("attach", EarlyKind.Attach, Hex("attach", "handle"), [0x0100, 0x0104]);

    [Fact]
    public void Pin_hello()
    {
        HybridKem kem = HybridKem.Find(1)!;
        using HybridKemKey pinned = kem.KeyFromSeed(Hex("pin", "static_seed"));
        byte[] ciphertext = new byte[kem.CiphertextSize];
        byte[] z = new byte[HybridKem.SecretSize];
        Assert.True(kem.EncapsulateDerandomized(pinned.Share, (EncapsulatorRole)Hex("pin", "role")[0], Hex("pin", "encap_seed"), ciphertext, z));
        Assert.Equal(Hex("pin", "ciphertext_sha256"), SHA256.HashData(ciphertext));
        Assert.Equal([.. Hex("pin", "K_m"), .. Hex("pin", "ss")], z);
        Check("pin", EarlyKind.Pin, [1, .. ciphertext], [0x0100, 0x0104]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_server_without_early_secrets_goes_on_as_if_none_was_offered(int kind)
    {
        byte[] input = kind switch
        {
            1 => [1, .. new byte[1600]],
            2 => new byte[16],
            _ => new byte[32],
        };
        byte[] hello = Hello("psk", (EarlyKind)kind, input, [0x0100, 0x0104]);
        using ServerHandshake server = Server();
        Assert.Equal(HelloDecision.SendFlight, Consume(server, hello));
        Assert.Equal(Suite.Decode(0x0104), server.Suite);
        byte[] buffer = new byte[HandshakeLimits.ServerHello];
        ServerHello answer = ServerHello.ReadMessage(buffer.AsSpan(0, server.CreateServerHello(buffer)));
        Assert.Equal(EarlyKind.None, answer.Accepted);
    }

    [Fact]
    public void With_suites_for_early_secrets_only_there_is_nothing_in_common()
    {
        using ServerHandshake server = Server();
        Assert.Equal(AlertCode.NoCommonSuite, Refused(server, Hello("psk", EarlyKind.Attach, new byte[32], [0x0100])));
    }

    [Fact]
    public void A_higher_version_is_skipped_and_no_common_one_has_its_alert()
    {
        using ServerHandshake server = Server();
        Assert.Equal(AlertCode.Version, Refused(server, Build([3, 2], [], [0x0104])));
        Assert.Equal(HelloDecision.SendFlight, Consume(server, Build([3, 1], [0x77, 0, 1, 5], [0x0104])));
    }

    [Fact]
    public void An_unknown_option_is_refused_where_no_higher_version_explains_it()
    {
        using ServerHandshake server = Server();
        Assert.Equal(AlertCode.ProtocolError, Refused(server, Build([1], [0x77, 0, 1, 5], [0x0104])));
        Assert.Equal(AlertCode.ProtocolError, Refused(server, Build([1], [2, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0], [0x0104])));
        Assert.Equal(AlertCode.ProtocolError, Refused(server, Build([1], [1, 0, 107, .. new byte[107]], [0x0104])));
        Assert.Equal(AlertCode.HandshakeFailed, Refused(server, Build([1], [1, 0, 107, .. new byte[107], 2, 0, 8, .. new byte[8]], [0x0104])));
    }

    [Fact]
    public void A_hello_that_is_too_long_is_refused()
    {
        using ServerHandshake server = Server();
        byte[] hello = Build([2, 1], [0x77, 0x10, 0, .. new byte[0x1000]], [0x0104]);
        Assert.True(hello.Length > HandshakeLimits.ClientHello);
        Assert.Equal(AlertCode.ProtocolError, Refused(server, hello));
    }

    private static ServerHandshake Server() =>
        new(new ServerOffer(TierSet.Between(Tier.PostQuantum, Tier.Hardened), new SuiteList([Suite.Decode(0x0104)])));

    private static HelloDecision Consume(ServerHandshake server, byte[] hello)
    {
        using CookieJar jar = new();
        return server.ConsumeClientHello(hello, new HelloContext(jar, KnownHandshake.Address, KnownHandshake.Now));
    }

    private static AlertCode Refused(ServerHandshake server, byte[] hello) => Assert.Throws<ProtocolException>(() => Consume(server, hello)).Code;

    private static void Check(string section, EarlyKind kind, byte[] input, ushort[] suites)
    {
        byte[] hello = Hello(section, kind, input, suites);
        byte[] hash = new byte[64];
        Transcript.HashOne(hello.AsSpan(..^32), hash);
        Assert.Equal(Hex(section, "H_truncated"), hash);
        Assert.Equal(Hex(section, "binder"), hello[^32..]);
    }

    private static byte[] Hello(string section, EarlyKind kind, byte[] input, ushort[] suites) =>
        Build([1], new ClientHelloOptions { Early = kind, EarlyInput = input, Binder = Hex(section, "binder") }.ToArray(), suites);

    private static byte[] Build(ushort[] versions, byte[] options, ushort[] suites) => new ClientHello
    {
        Versions = U16List.Create(versions),
        Random = Hex("inputs", "client_random"),
        Tiers = [2, 3, 4],
        Suites = U16List.Create(suites),
        Kem = 1,
        Share = Hex("kem", "share"),
        Options = options,
    }.ToArray();
}

using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Handshake;

public sealed class NegotiationTests
{
    private static readonly Suite Strong = new(KemId.ChKem1024, SignatureScheme.MlDsa65);
    private static readonly Suite Small = new(KemId.ChKem768, SignatureScheme.MlDsa65);
    private static readonly Suite Dual = new(KemId.ChKem1024, SignatureScheme.MlDsa65SlhDsa192s);
    private static readonly Suite EarlyOnly = new(KemId.ChKem1024, SignatureScheme.None);

    [Fact]
    public void Highest_common_tier_and_the_servers_preference()
    {
        ServerOffer own = new(TierSet.Between(Tier.PostQuantum, Tier.EntropyEnhanced), new SuiteList([Strong, Small]));
        Assert.Equal((Tier.Hardened, Strong), Choose(own, [1, 2], [Small.Code, Strong.Code]));
        Assert.Equal((Tier.PostQuantum, Small), Choose(own, [1, 5], [0x7777, Small.Code]));
    }

    [Theory]
    [InlineData(new byte[] { 4, 5 }, (ushort)0x0104)]
    [InlineData(new byte[] { 1, 2 }, (ushort)0x0304)]
    [InlineData(new byte[] { 1, 2 }, (ushort)0x0100)]
    public void Nothing_in_common(byte[] tiers, ushort suite)
    {
        ServerOffer own = new(TierSet.Between(Tier.PostQuantum, Tier.EntropyEnhanced), new SuiteList([Strong, EarlyOnly]));
        Assert.Equal(AlertCode.NoCommonSuite, Assert.Throws<ProtocolException>(() => Choose(own, tiers, [suite])).Code);
    }

    [Fact]
    public void T5_takes_dual_keys_only()
    {
        ServerOffer own = new(TierSet.Between(Tier.PostQuantum, Tier.HybridQuantum), new SuiteList([Strong, Dual]));
        Assert.Equal((Tier.HybridQuantum, Dual), Choose(own, [4, 5], [Strong.Code, Dual.Code]));
        Assert.Equal((Tier.QuantumSecured, Strong), Choose(own, [4, 5], [Strong.Code]));
        Assert.Equal(AlertCode.NoCommonSuite, Assert.Throws<ProtocolException>(() => Choose(own, [5], [Strong.Code])).Code);
    }

    [Fact]
    public void T0_is_refused_with_its_own_alert()
    {
        byte[] hello = Hello([1], [Strong.Code]);
        hello[3 + 4 + 3 + 32 + 1] = 0;
        Assert.Equal(AlertCode.ClassicalTier, Assert.Throws<ProtocolException>(() => { ClientHello.ReadMessage(hello); }).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(TierSet).With(Tier.Classical));
    }

    [Theory]
    [InlineData("T2", 2)]
    [InlineData("t0", 0)]
    [InlineData("5", 5)]
    [InlineData("post-quantum", 1)]
    [InlineData("Hardened", 2)]
    public void Tier_names(string text, int expected)
    {
        Assert.True(Tiers.TryParse(text, out Tier tier));
        Assert.Equal((Tier)expected, tier);
        Assert.True(Tiers.TryParse(Tiers.ShortName(tier), out Tier again) && again == tier);
        Assert.True(Tiers.TryParse(Tiers.LongName(tier), out again) && again == tier);
    }

    [Theory]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("T6")]
    [InlineData("T22")]
    [InlineData("6")]
    [InlineData("soft")]
    public void Not_tiers(string text) => Assert.False(Tiers.TryParse(text, out _));

    [Fact]
    public void Tier_sets()
    {
        TierSet set = TierSet.Between(Tier.Hardened, Tier.QuantumSecured);
        byte[] list = new byte[set.Count];
        Assert.Equal(3, set.Write(list));
        Assert.Equal([2, 3, 4], list);
        Assert.Equal(set, TierSet.Read(list));
        Assert.False(set.Contains(Tier.PostQuantum));
        Assert.True(default(TierSet).IsEmpty);
        Assert.True(set.Intersect(TierSet.Between(Tier.PostQuantum, Tier.PostQuantum)).IsEmpty);
    }

    [Theory]
    [InlineData("chkem1024-mldsa65-aes256gcm", 0x0104)]
    [InlineData("chkem768-mldsa44-aes256gcm", 0x0203)]
    [InlineData("xwing-slhdsa-shake-128s-aes256gcm", 0x0306)]
    [InlineData("chkem1024-mldsa65+slhdsa-shake-192s-aes256gcm", 0x0122)]
    [InlineData("chkem1024-mldsa65+slhdsa-shake-128s-aes256gcm", 0x0125)]
    [InlineData("chkem1024-falcon512-chacha20poly1305", 0x1101)]
    public void Suite_names(string name, int code)
    {
        Assert.True(Suite.TryParse(name, out Suite suite));
        Assert.Equal(code, suite.Code);
        Assert.Equal(suite, Suite.Decode(suite.Code));
        Assert.Equal(name, suite.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("chkem1024")]
    [InlineData("chkem1024-aes256gcm")]
    [InlineData("chkem1024--aes256gcm")]
    [InlineData("chkem1024-rsa-aes256gcm")]
    [InlineData("chkem512-mldsa65-aes256gcm")]
    [InlineData("chkem1024-mldsa65-aes128gcm")]
    [InlineData("Chkem1024-mldsa65-aes256gcm")]
    public void Not_suites(string name) => Assert.False(Suite.TryParse(name, out _));

    [Fact]
    public void Unknown_codes_are_values_with_a_name()
    {
        Suite suite = Suite.Decode(0x7F7E);
        Assert.False(suite.IsBuilt);
        Assert.Equal("kem-0f-7e-7", suite.ToString());
        Assert.Equal("chkem1024-early-aes256gcm", EarlyOnly.ToString());
        Assert.False(EarlyOnly.IsBuilt);
    }

    [Fact]
    public void Lists_hold_each_suite_once()
    {
        Assert.Throws<ArgumentException>(() => new SuiteList([Strong, Small, Strong]));
        Assert.ThrowsAny<ArgumentException>(() => new SuiteList([]));
        SuiteList list = new([Strong, Small, Dual]);
        Assert.Equal([Dual], list.WithHostSchemes(SignatureScheme.MlDsa65SlhDsa192s)!.Items.ToArray());
        Assert.Null(list.WithHostSchemes(SignatureScheme.MlDsa87));
        Assert.True(list.ContainsKem(KemId.ChKem768));
        Assert.False(list.ContainsKem(KemId.XWing));
    }

    /// <summary>The server's order of ciphers counts, but for a client that puts the one without AES first.</summary>
    [Theory]
    [InlineData(new ushort[] { 0x0104, 0x1104 }, new ushort[] { 0x0104, 0x1104 }, 0x0104)]
    [InlineData(new ushort[] { 0x0104, 0x1104 }, new ushort[] { 0x1104, 0x0104 }, 0x1104)]
    [InlineData(new ushort[] { 0x1104, 0x0104 }, new ushort[] { 0x0104, 0x1104 }, 0x1104)]
    [InlineData(new ushort[] { 0x0104 }, new ushort[] { 0x1104, 0x0104 }, 0x0104)]
    [InlineData(new ushort[] { 0x0104, 0x1203 }, new ushort[] { 0x1203, 0x0104 }, 0x0104)]
    public void The_side_without_instructions_chooses_the_cipher(ushort[] own, ushort[] offered, int chosen)
    {
        ServerOffer offer = new(TierSet.Between(Tier.PostQuantum, Tier.Hardened), new SuiteList([.. own.Select(Suite.Decode)]));
        Assert.Equal(chosen, Choose(offer, [1, 2], offered).Suite.Code);
    }

    [Fact]
    public void A_hello_carries_the_first_suites_with_some_of_the_other_cipher()
    {
        Suite[] offered = SuiteList.Default.ForHello().Items.ToArray();
        Assert.Equal(SuiteList.MaximumOffer, offered.Length);
        Assert.Equal(6, offered.Count(suite => suite.Cipher != offered[0].Cipher));
        Assert.Contains(offered, suite => suite.Host == SignatureScheme.SlhDsaShake256s);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(17, 32)]
    [InlineData(33, 64)]
    [InlineData(64, 64)]
    public void Padding_classes(int frames, int padded) => Assert.Equal(padded, PaddingClass.ForServerFlight(frames));

    [Fact]
    public void Padding_has_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PaddingClass.ForServerFlight(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => PaddingClass.ForUserAuth(0));
    }

    private static (Tier Tier, Suite Suite) Choose(ServerOffer own, byte[] tiers, ushort[] suites) =>
        Negotiation.Choose(own, ClientHello.ReadMessage(Hello(tiers, suites)));

    private static byte[] Hello(byte[] tiers, ushort[] suites) => new ClientHello
    {
        Versions = U16List.Create([1]),
        Random = new byte[32],
        Tiers = tiers,
        Suites = U16List.Create(suites),
        Kem = 1,
        Share = new byte[16],
        Options = default,
    }.ToArray();
}

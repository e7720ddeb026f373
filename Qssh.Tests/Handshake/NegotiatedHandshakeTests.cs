using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>Handshakes with fresh randomness: every built suite, and choices that were not offered.</summary>
public sealed class NegotiatedHandshakeTests : HandshakeScene
{
    public static TheoryData<string> Suites => [.. SuiteList.Default.Items.ToArray().Select(suite => suite.ToString())];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_suite_of_the_default_list(string name)
    {
        Assert.True(SuiteList.TryParse(name, out SuiteList? list, out _));
        using ClientHandshake client = new(new ClientOffer(BuiltTiers, Tier.PostQuantum, list));
        using ServerHandshake server = new(new ServerOffer(BuiltTiers, list));
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        using SigningKey hostKey = SignatureAlgorithm.Find(list[0].Host)!.GenerateKey();
        Flight(client, server, hostKey);
        Assert.Equal(Tier.Hardened, client.Tier);
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
        using ClientHandshake client = new(new ClientOffer(TierSet.Between(Tier.Hardened, Tier.Hardened), Tier.Hardened, new SuiteList([Strong, Small])));
        byte[] hello = ServerHelloFor(client, tier, suite, accepted);
        if (alert is null)
            client.ConsumeServerHello(hello);
        else
            Assert.Equal((AlertCode)alert, Refused(() => client.ConsumeServerHello(hello)));
    }

    [Fact]
    public void A_tier_below_the_own_minimum_is_refused_by_policy()
    {
        using ClientHandshake client = new(new ClientOffer(BuiltTiers, Tier.Hardened, new SuiteList([Strong])));
        byte[] hello = ServerHelloFor(client, 1, 0x0104, 0);
        Assert.Equal(AlertCode.Policy, Refused(() => client.ConsumeServerHello(hello)));
    }

    [Fact]
    public void A_suite_that_is_offered_but_not_built_is_refused()
    {
        using ClientHandshake client = new(new ClientOffer(BuiltTiers, Tier.PostQuantum, new SuiteList([Strong, Suite.Decode(0x017E)])));
        byte[] hello = ServerHelloFor(client, 2, 0x017E, 0);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeServerHello(hello)));
    }
}

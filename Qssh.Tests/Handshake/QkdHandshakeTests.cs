using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>Keys of quantum key distribution at tier T4.</summary>
public sealed class QkdHandshakeTests : HandshakeScene
{
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
        using ClientHandshake client = new(new ClientOffer(tiers, Tier.QuantumSecured, new SuiteList([Strong])));
        using ServerHandshake server = new(new ServerOffer(tiers, new SuiteList([Strong])));
        Hello(client, server);
        byte[] key = new byte[32];
        key[5] = 5;
        if (isGood)
            Finish(client, server, HostKey, QkdParameters(serverRate), () => Qkd(client, server, clientRate, key));
        else
            Assert.Equal(AlertCode.Policy, Refused(() => Finish(client, server, HostKey, QkdParameters(serverRate), () => Qkd(client, server, clientRate, key))));
    }

    [Fact]
    public void Different_qkd_keys_give_different_sessions()
    {
        TierSet tiers = TierSet.Between(Tier.QuantumSecured, Tier.QuantumSecured);
        using ClientHandshake client = new(new ClientOffer(tiers, Tier.QuantumSecured, new SuiteList([Strong])));
        using ServerHandshake server = new(new ServerOffer(tiers, new SuiteList([Strong])));
        Hello(client, server);
        (SessionSecrets one, SessionSecrets other) = Sessions(client, server, HostKey, QkdParameters(1), () =>
        {
            Qkd(client, server, 1, new byte[32], [.. Enumerable.Repeat((byte)1, 32)]);
        });
        Assert.False(one.ClientTraffic.Bytes.SequenceEqual(other.ClientTraffic.Bytes));
        one.Dispose();
        other.Dispose();
    }

    private static ServerParameters QkdParameters(ushort rate) => KnownHandshake.Parameters with { Qkd = new QkdOffer("server"u8.ToArray(), rate) };

    private void Qkd(ClientHandshake client, ServerHandshake server, ushort rate, byte[] key, byte[]? serverKey = null)
    {
        byte[] id = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];
        int length = client.CreateQkdKey(new QkdOffer("client"u8.ToArray(), rate), id, key, Scratch);
        QkdRequest request = server.ConsumeQkdKey(Scratch.AsSpan(0, length));
        Assert.Equal(id, request.KeyId.ToArray());
        server.UseQkdKey(serverKey ?? key);
    }
}

using Qssh.Errors;
using Qssh.Handshake;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>Retries: for another kem, and with cookie and work from a busy server.</summary>
public sealed class HelloRetryTests : HandshakeScene
{
    [Fact]
    public void Another_kem_is_agreed_on_by_a_retry()
    {
        using ClientHandshake client = Client(Strong, Small);
        using ServerHandshake server = Server(Small);
        Assert.Equal(HelloDecision.SendRetry, Hello(client, server));
        Retry(client, server);
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        Flight(client, server, HostKey);
        Assert.Equal(Small, client.Suite);
    }

    [Fact]
    public void A_busy_server_asks_for_cookie_and_work_and_needs_no_state()
    {
        using ClientHandshake client = Client(Strong, Small);
        using ServerHandshake first = Server(Strong, Small);
        Assert.Equal(HelloDecision.SendRetry, Hello(client, first, busy: true, work: 6));
        Retry(client, first);
        byte[] hello = Scratch[..client.CreateClientHello(Scratch)];

        using ServerHandshake second = Server(Strong, Small);
        Assert.Equal(HelloDecision.SendFlight, second.ConsumeClientHello(hello, Context(busy: true)));
        Flight(client, second, HostKey);

        using ServerHandshake third = Server(Strong, Small);
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => third.ConsumeClientHello(hello, Context(busy: true))));
        Assert.Equal(HelloDecision.SendFlight, third.ConsumeClientHello(hello, Context()));
    }

    [Fact]
    public void The_second_hello_differs_in_options_only()
    {
        using ClientHandshake client = Client(Strong);
        using ServerHandshake server = Server(Strong);
        byte[] first = Scratch[..client.CreateClientHello(Scratch)];
        server.ConsumeClientHello(first, Context(busy: true));
        Retry(client, server);
        byte[] second = Scratch[..client.CreateClientHello(Scratch)];
        Assert.Equal(first[3..^2], second[3..(first.Length - 2)]);
        Assert.Equal([1, 0, 107], second[first.Length..(first.Length + 3)]);
        Assert.True(second.Length <= HandshakeLimits.ClientHello);
    }

    [Fact]
    public void A_second_retry_is_refused()
    {
        using ClientHandshake client = Client(Strong, Small);
        using ServerHandshake server = Server(Small);
        Hello(client, server);
        byte[] retry = Scratch[..server.CreateHelloRetry(Scratch)];
        client.ConsumeHelloRetry(retry);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeHelloRetry(retry)));
        client.CreateClientHello(Scratch);
        Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeHelloRetry(retry)));
    }

    [Fact]
    public void A_retry_for_a_kem_that_was_not_offered_is_refused_and_changes_nothing()
    {
        using ClientHandshake client = Client(Strong);
        using ServerHandshake server = Server(Strong);
        Hello(client, server, busy: true);
        byte[] retry = Scratch[..server.CreateHelloRetry(Scratch)];
        foreach (byte kem in (byte[])[0, 2, 3, 0x77])
        {
            byte[] changed = [.. retry];
            changed[3] = kem;
            Assert.Equal(AlertCode.ProtocolError, Refused(() => client.ConsumeHelloRetry(changed)));
        }

        client.ConsumeHelloRetry(retry);
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        Flight(client, server, HostKey);
    }

    [Fact]
    public void A_third_hello_and_a_hello_without_cookie_after_a_retry_are_refused()
    {
        using ClientHandshake client = Client(Strong);
        using ClientHandshake another = Client(Strong);
        using ServerHandshake server = Server(Strong);
        Hello(client, server, busy: true);
        Retry(client, server);
        byte[] bare = another.CreateClientHello(Scratch) is var length ? Scratch[..length] : [];
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeClientHello(bare, Context())));
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        Assert.Equal(AlertCode.ProtocolError, Refused(() => server.ConsumeClientHello(bare, Context())));
    }

    [Fact]
    public void A_cookie_is_good_for_its_time_address_kem_and_work()
    {
        using ClientHandshake client = Client(Strong, Small);
        using ServerHandshake server = Server(Small);
        Hello(client, server, work: 3);
        Retry(client, server);
        byte[] hello = Scratch[..client.CreateClientHello(Scratch)];
        byte[] elsewhere = [.. Address];
        elsewhere[15]++;

        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(hello, new HelloContext(Jar, Address, Now + 31))));
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(hello, new HelloContext(Jar, elsewhere, Now))));
        using CookieJar foreign = new();
        Assert.Equal(AlertCode.HandshakeFailed, Refused(() => server.ConsumeClientHello(hello, new HelloContext(foreign, Address, Now))));
        using ServerHandshake changed = Server(Strong);
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
        using ClientHandshake client = Client(Strong, Small, Other);
        using ServerHandshake server = Server(Small);
        byte[] hello = Scratch[..client.CreateClientHello(Scratch)];
        byte[] stripped = [.. hello];
        stripped[3 + 4 + 3 + 32 + 3 + 6] ^= 0x10;
        Assert.Equal(HelloDecision.SendRetry, server.ConsumeClientHello(stripped, Context()));
        Retry(client, server);
        Assert.Equal(HelloDecision.SendFlight, Hello(client, server));
        client.ConsumeServerHello(Scratch.AsSpan(0, server.CreateServerHello(Scratch)));
        Assert.False(client.Secrets!.Server.Bytes.SequenceEqual(server.Secrets!.Server.Bytes));
    }
}

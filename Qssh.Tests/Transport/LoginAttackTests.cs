using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>Somebody on the path of a login changes, cuts or answers: it ends, nobody is let in, and the client has said no more than its hello.</summary>
public sealed class LoginAttackTests
{
    private const int HelloBytes = FlightClass.SmallHello * Frame.Size;
    private const int FlightFrames = FlightClass.ServerHello + 8;
    private const int UserFrames = 1 + 8;

    [Fact]
    public void The_client_says_nothing_but_its_hello_until_the_whole_flight_is_verified() => OnReactor.Run(async () =>
    {
        Random random = new(3);
        for (int frame = 0; frame < FlightFrames; frame++)
        {
            // Clear frames: of the last one only the fill, which has to be zero as well.
            foreach (int at in (int[])[0, random.Next(Frame.Size), Frame.Size - 1])
                await FailBeforeTrustAsync(new WireFaults { FlipAt = (frame * Frame.Size) + at });
            await FailBeforeTrustAsync(new WireFaults { CutAt = frame * Frame.Size });
            await FailBeforeTrustAsync(new WireFaults { CutAt = (frame * Frame.Size) + random.Next(1, Frame.Size) });
        }
    });

    [Fact]
    public void A_changed_or_missing_byte_of_the_client_lets_nobody_in() => OnReactor.Run(async () =>
    {
        Random random = new(4);
        for (int frame = 0; frame < FlightClass.SmallHello + UserFrames; frame++)
        {
            int at = (frame * Frame.Size) + random.Next(Frame.Size);
            await RefusedAsync(new WireFaults { FlipAt = at });
            await RefusedAsync(new WireFaults { CutAt = at });
        }
    });

    /// <summary>Offsets as in the hellos: frame header, message header, then the fields (docs/protocol.md, sections 2 and 3).</summary>
    [Theory]
    [InlineData("offer without T2")]
    [InlineData("T1 instead of T2")]
    [InlineData("another suite")]
    public void A_choice_that_was_changed_on_the_way_is_not_made(string what) => OnReactor.Run(async () =>
    {
        const int Tiers = Frame.HeaderSize + 3 + 4 + 3 + 32;
        const int ChosenTier = Frame.HeaderSize + 3 + 2 + 32;
        LoginOptions options = what switch
        {
            "offer without T2" => new LoginOptions { ToServer = new WireFaults { Forged = new Dictionary<long, byte> { [Tiers + 2] = 3 } } },
            "T1 instead of T2" => new LoginOptions { ToClient = new WireFaults { Forged = new Dictionary<long, byte> { [ChosenTier] = 1 } } },
            _ => new LoginOptions { Preferred = new Suite(Qssh.Crypto.Kem.KemId.XWing, Qssh.Crypto.Signatures.SignatureScheme.MlDsa87), ToClient = new WireFaults { Forged = new Dictionary<long, byte> { [ChosenTier + 2] = 5 } } },
        };
        MemoryLogin login = new(options);
        await login.RunAsync();
        Assert.Equal(AlertCode.FrameDidNotOpen, Assert.IsType<ProtocolException>(login.ClientFault).Code);
        Assert.Equal(-1, login.UpBeforeTrust);
        Assert.Equal(HelloBytes, login.Up.Count);
        Assert.Null(login.Grant);
    });

    [Theory]
    [InlineData(2, 2, 1, 1)]
    [InlineData(1, 1, 2, 2)]
    public void Without_a_common_tier_there_is_an_alert_and_no_weaker_session(int clientLow, int clientHigh, int serverLow, int serverHigh) => OnReactor.Run(async () =>
    {
        MemoryLogin login = new(new LoginOptions
        {
            ClientTiers = TierSet.Between((Tier)clientLow, (Tier)clientHigh),
            ClientMinimum = (Tier)clientLow,
            ServerTiers = TierSet.Between((Tier)serverLow, (Tier)serverHigh),
        });
        await login.RunAsync();
        Assert.Equal(AlertCode.NoCommonSuite, Assert.IsType<ProtocolException>(login.ServerFault).Code);
        Assert.Equal(AlertCode.NoCommonSuite, Assert.IsType<ConnectionEndException>(login.ClientFault).Alert);
        Assert.Equal((HelloBytes, Frame.Size), (login.Up.Count, login.Down.Count));
    });

    [Fact]
    public void A_client_of_another_protocol_gets_one_line() => OnReactor.Run(async () =>
    {
        (MemoryDuplex client, MemoryDuplex server) = MemoryDuplex.Pair(WireFaults.OneByte);
        using RecordConnection connection = new(server);
        foreach (byte character in "SSH-2.0-OpenSSH_9.9\r\n"u8.ToArray())
            client.Send([character]);
        ConnectionEndException end = await Assert.ThrowsAsync<ConnectionEndException>(() => Stranger.RefuseAsync(connection).AsTask());
        Assert.Equal(EndCause.Stranger, end.Cause);
        byte[] line = new byte[200];
        Assert.Equal("This is a QSSH/1 server, not SSH-2: connect with qssh.\r\n"u8, line.AsSpan(0, client.Receive(line)));
    });

    [Fact]
    public void A_server_of_another_protocol_is_named() => OnReactor.Run(async () =>
    {
        (MemoryDuplex client, MemoryDuplex server) = MemoryDuplex.Pair();
        using RecordConnection connection = new(client);
        server.Send("SSH-2.0-OpenSSH_9.9\r\n"u8);
        using ClientHandshakeDriver driver = new(connection, ClientOffer.Default);
        ConnectionEndException end = await Assert.ThrowsAsync<ConnectionEndException>(() => driver.RunAsync().AsTask());
        Assert.Equal(EndCause.Stranger, end.Cause);
    });

    private static async ValueTask FailBeforeTrustAsync(WireFaults faults)
    {
        MemoryLogin login = new(new LoginOptions { ToClient = faults });
        await login.RunAsync();
        Assert.NotNull(login.ClientFault);
        Assert.Equal((-1, HelloBytes), (login.UpBeforeTrust, login.Up.Count));
        Assert.Null(login.Grant);
    }

    private static async ValueTask RefusedAsync(WireFaults faults)
    {
        MemoryLogin login = new(new LoginOptions { ToServer = faults });
        await login.RunAsync();
        Assert.NotNull(login.ServerFault);
        Assert.NotNull(login.ClientFault);
        Assert.Null(login.Grant);
        Assert.Empty(login.Verdicts);
    }
}

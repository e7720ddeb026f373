using Qssh.Auth;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Transport;

/// <summary>Whole logins in memory: what is agreed on, how many frames it takes, and that no path however bad changes either.</summary>
public sealed class LoginTests
{
    private static readonly SignatureScheme[] s_schemes = [SignatureScheme.MlDsa44, SignatureScheme.MlDsa65, SignatureScheme.MlDsa87];

    public static TheoryData<int, int> Hosts
    {
        get
        {
            TheoryData<int, int> hosts = [];
            foreach (KemId kem in Enum.GetValues<KemId>())
            {
                foreach (SignatureScheme host in s_schemes)
                    hosts.Add((int)kem, (int)host);
            }

            return hosts;
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Every_suite_with_every_user_key_at_both_tiers_with_and_without_a_retry(int kem, int host) => OnReactor.Run(async () =>
    {
        foreach (SignatureScheme user in s_schemes)
        {
            foreach (Tier tier in (Tier[])[Tier.PostQuantum, Tier.Hardened])
            {
                Suite suite = new((KemId)kem, (SignatureScheme)host);
                TierSet tiers = TierSet.Between(Tier.PostQuantum, tier);
                await LogInAsync(new LoginOptions { Suite = suite, User = user, ServerTiers = tiers }, tier, hellos: 1);
                Suite other = suite with { Kem = suite.Kem == KemId.XWing ? KemId.ChKem1024 : KemId.XWing };
                await LogInAsync(new LoginOptions { Suite = suite, User = user, ClientTiers = tiers, Preferred = other }, tier, hellos: 2);
            }
        }
    });

    public static TheoryData<string, int> BadPaths => new()
    {
        { "one byte", 0 }, { "queue of one", 0 }, { "delayed", 0 },
        { "noisy", 1 }, { "noisy", 2 }, { "noisy", 3 }, { "noisy", 4 }, { "noisy", 5 }, { "noisy", 6 },
    };

    [Theory]
    [MemberData(nameof(BadPaths))]
    public void Any_path_carries_a_login(string path, int seed) => OnReactor.Run(async () =>
    {
        WireFaults faults = path switch
        {
            "one byte" => WireFaults.OneByte,
            "queue of one" => WireFaults.QueueOfOne,
            "delayed" => new WireFaults { Delay = TimeSpan.FromMilliseconds(3), LargestWrite = 700 },
            _ => WireFaults.Noisy(seed),
        };
        LoginOptions options = new() { ToServer = faults, ToClient = faults with { Seed = seed + 100 }, IsBusy = seed % 2 == 1, WrongKeys = seed == 2 ? 1 : 0 };
        await LogInAsync(options, Tier.Hardened, hellos: options.IsBusy ? 2 : 1);
    });

    [Theory]
    [InlineData(44, 0, 8)]
    [InlineData(65, 0, 8)]
    [InlineData(87, 0, 16)]
    [InlineData(65, 2048, 16)]
    public void The_server_flight_has_the_size_of_its_class(int level, int banner, int expected) => OnReactor.Run(async () =>
    {
        SignatureScheme scheme = level switch { 44 => SignatureScheme.MlDsa44, 65 => SignatureScheme.MlDsa65, _ => SignatureScheme.MlDsa87 };
        byte[] text = new byte[banner];
        text.AsSpan().Fill((byte)'b');
        MemoryLogin login = new(new LoginOptions { Suite = new Suite(KemId.XWing, scheme), Banner = text });
        await login.RunAsync();
        login.AssertSucceeded();
        Assert.Equal((FlightClass.ServerHello + expected + 1) * Frame.Size, login.Down.Count);
        Assert.Equal(text, login.Parameters!.Banner.ToArray());
    });

    [Theory]
    [InlineData(44, 0, 8)]
    [InlineData(87, 0, 16)]
    [InlineData(44, 4096, 16)]
    [InlineData(87, 4096, 16)]
    public void A_user_flight_has_the_size_of_its_class(int level, int first, int expected) => OnReactor.Run(async () =>
    {
        SignatureScheme scheme = level == 44 ? SignatureScheme.MlDsa44 : SignatureScheme.MlDsa87;
        byte[] bytes = new byte[first];
        new Random(5).NextBytes(bytes);
        MemoryLogin login = new(new LoginOptions { User = scheme, First = bytes });
        await login.RunAsync();
        login.AssertSucceeded();
        Assert.Equal((FlightClass.SmallHello + 1 + expected) * Frame.Size, login.Up.Count);
        Assert.Equal(bytes, login.Grant!.First.ToArray());
    });

    [Fact]
    public void Nothing_of_user_host_and_banner_passes_in_the_clear() => OnReactor.Run(async () =>
    {
        LoginOptions options = new() { Banner = "Unauthorised use is not welcome"u8.ToArray() };
        MemoryLogin login = new(options);
        await login.RunAsync();
        login.AssertSucceeded();
        byte[] wire = [.. login.Up, .. login.Down];
        byte[][] secrets = ["alice"u8.ToArray(), options.Banner, login.Trust!.Key[..16].ToArray(), LoginKeys.Of(options.User, "user").PublicKey[..16].ToArray(), AuthService.Connection.ToArray()];
        Assert.All(secrets, secret => Assert.True(wire.AsSpan().IndexOf(secret) < 0));
    });

    [Fact]
    public void Wrong_keys_are_answered_on_the_grid_and_the_right_one_is_taken() => OnReactor.Run(async () =>
    {
        long started = Environment.TickCount64;
        MemoryLogin login = await LogInAsync(new LoginOptions { WrongKeys = 2 }, Tier.Hardened, hellos: 1);
        Assert.Equal([AuthVerdict.Denied, AuthVerdict.Denied, AuthVerdict.Granted], login.Verdicts);
        Assert.InRange(Environment.TickCount64 - started, 490, 5000);
    });

    [Fact]
    public void Attempts_that_are_used_up_end_with_their_alert() => OnReactor.Run(async () =>
    {
        MemoryLogin login = new(new LoginOptions { WrongKeys = 9, Attempts = 2 });
        await login.RunAsync();
        Assert.Equal([AuthVerdict.Denied, AuthVerdict.Denied], login.Verdicts);
        Assert.Equal(AuthStatus.Failure, login.Status);
        Assert.Null(login.Grant);
        Assert.Equal(AlertCode.AuthenticationFailed, Assert.IsType<ConnectionEndException>(login.ClientFault).Alert);
    });

    [Theory]
    [InlineData((int)Tier.Hardened)]
    [InlineData((int)Tier.PostQuantum)]
    public void A_session_follows_the_login_without_a_gap(int tier) => OnReactor.Run(async () =>
    {
        MemoryLogin login = await LogInAsync(new LoginOptions { ServerTiers = TierSet.Between(Tier.PostQuantum, (Tier)tier) }, (Tier)tier, hellos: 1);
        using LinkPair pair = login.TakeOver();
        int up = login.Up.Count;
        pair.Server.Send(300_000);
        pair.Start();
        pair.Client.Send(300_000);
        Assert.True(pair.Client.Link.Rekey());
        await pair.QuietAsync();
        await OnReactor.UntilAsync(() => pair.Client.Rekey.State is { SendGeneration: 1, IsIdle: true });
        await pair.CloseAsync();
        if ((Tier)tier == Tier.Hardened)
            Assert.Equal((0, 0), (login.Up.Count % Frame.Size, login.Down.Count % Frame.Size));
        else
            Assert.InRange(login.Up.Count - up, 300_000, 310_000);
    });

    private static async ValueTask<MemoryLogin> LogInAsync(LoginOptions options, Tier tier, int hellos)
    {
        MemoryLogin login = new(options);
        await login.RunAsync();
        login.AssertSucceeded();
        Assert.Equal(tier, login.Tier);
        Assert.Equal(options.Suite, login.Trust!.Suite);
        Assert.Equal(options.First, login.Grant!.First.ToArray());

        int attempts = options.WrongKeys + 1;
        int beforeTrust = hellos * FlightClass.SmallHello * Frame.Size;
        Assert.Equal(beforeTrust, login.UpBeforeTrust);
        Assert.Equal(beforeTrust + ((1 + (attempts * ClassOf(options.User))) * Frame.Size), login.Up.Count);
        Assert.Equal((hellos - 1 + FlightClass.ServerHello + ClassOf(options.Suite.Host) + attempts) * Frame.Size, login.Down.Count);
        return login;
    }

    private static int ClassOf(SignatureScheme scheme) => scheme == SignatureScheme.MlDsa87 ? 16 : 8;
}

using Qssh.Handshake;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>Data through a pair of links: any cut of the stream, under load in both directions, with keys that change all the time.</summary>
public sealed class SessionLinkTests
{
    public static TheoryData<string, int> Paths
    {
        get
        {
            TheoryData<string, int> paths = [];
            foreach (string name in (string[])["plain", "noisy", "one byte", "queue of one", "delayed", "noisy other seed"])
            {
                paths.Add(name, (int)RecordLayout.Frames);
                paths.Add(name, (int)RecordLayout.Variable);
            }

            return paths;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Any_path_carries_the_stream(string name, int layout) => OnReactor.Run(async () =>
    {
        WireFaults faults = Faults(name);
        using LinkPair pair = new LinkPair(faults, faults with { Seed = faults.Seed + 1 }, new LinkOptions { Layout = (RecordLayout)layout }).Start();
        int size = name is "one byte" or "queue of one" ? 30_000 : 400_000;
        pair.Client.Send(size);
        pair.Server.Send(size / 2);
        await pair.QuietAsync();
        await pair.CloseAsync();
    });

    [Theory]
    [InlineData((int)RecordLayout.Frames)]
    [InlineData((int)RecordLayout.Variable)]
    public void Fifty_megabytes_each_way_with_keys_that_change_all_the_time(int layout) => OnReactor.Run(async () =>
    {
        FakeTime time = new();
        RekeyLimits limits = RekeyLimits.Default with { RatchetFrames = 64, RatchetBytes = 1 << 20, FullBytes = 1 << 20 };
        LinkOptions options = new() { Layout = (RecordLayout)layout, Limits = limits, Time = time };
        using LinkPair pair = new LinkPair(options: options).Start();
        pair.Client.Send(50_000_000);
        pair.Server.Send(50_000_000);
        pair.Client.Arrived = bytes => time.Advance(TimeSpan.FromMicroseconds(25 * bytes.Length));
        await pair.QuietAsync();
        await pair.CloseAsync();
    }, 60);

    private static WireFaults Faults(string name) => name switch
    {
        "plain" => WireFaults.None,
        "noisy" => WireFaults.Noisy(1),
        "noisy other seed" => WireFaults.Noisy(1234),
        "one byte" => WireFaults.OneByte,
        "queue of one" => WireFaults.QueueOfOne,
        _ => new WireFaults { Delay = TimeSpan.FromMilliseconds(3) },
    };
}

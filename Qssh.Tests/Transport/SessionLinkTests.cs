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

    /// <summary>A pump with a filter keeps one byte back: for it room of one byte is none, and it must be told of more all the same.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void Whoever_found_little_room_is_told_of_more(int room) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(new WireFaults { Capacity = 1 }).Start();
        pair.ServerStream.Incoming.Stall(true);
        while (pair.Client.Link.Room > room)
            pair.Client.Write(new byte[Math.Clamp(pair.Client.Link.Room - room - 30, 1, 700)]);
        Assert.InRange(pair.Client.Link.Room, room - 40, room);
        Assert.Equal(0, pair.Client.Drains);
        pair.ServerStream.Incoming.Stall(false);
        await OnReactor.UntilAsync(() => pair.Client.Drains > 0);
        await pair.QuietAsync();
        Assert.Equal(1, pair.Client.Drains);
        await pair.CloseAsync();
    });

    [Fact]
    public void What_came_with_the_login_is_handed_over_first() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new();
        List<byte> seen = [];
        pair.Server.Arrived = bytes => seen.AddRange(bytes.Span);
        pair.Client.Write([4, 5]);
        pair.Client.Start();
        pair.Server.Start(new byte[] { 1, 2, 3 });
        await OnReactor.UntilAsync(() => seen.Count == 5);
        Assert.Equal([1, 2, 3, 4, 5], seen);
        await pair.CloseAsync();
    });

    [Theory]
    [InlineData((int)FrameKind.Session, 0)]
    [InlineData((int)FrameKind.Control, 0)]
    [InlineData((int)FrameKind.Fill, 1)]
    [InlineData((int)FrameKind.Alert, 0)]
    [InlineData((int)FrameKind.Alert, 2)]
    [InlineData((int)FrameKind.Hello, 1)]
    [InlineData((int)FrameKind.Handshake, 1)]
    [InlineData((int)FrameKind.Auth, 1)]
    public void Frames_that_do_not_belong_into_a_session_end_it(int kind, int length) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        pair.Client.Connection.Writer.AppendAlone((FrameKind)kind, new byte[length]);
        pair.Client.Link.Write([]);
        await pair.EndAsync();
        Assert.Equal(Qssh.Errors.AlertCode.ProtocolError, pair.Server.Code);
        Assert.Equal(Qssh.Errors.AlertCode.ProtocolError, pair.Client.Code);
        Assert.Equal(0, pair.Server.Received);
    });

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

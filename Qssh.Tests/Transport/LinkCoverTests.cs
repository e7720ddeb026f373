using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>Keystroke cover on a pair of links in real time. What has to hold to the millisecond is in <see cref="KeystrokeCoverTests"/>.</summary>
public sealed class LinkCoverTests
{
    private const double Grid = KeystrokeCover.DefaultInterval;

    private static double Now => MonotonicClock.Nanoseconds / 1e6;

    [Fact]
    public void A_listener_sees_a_grid_whatever_is_typed() => OnReactor.Run(async () =>
    {
        using LinkPair pair = Covered();
        List<double> client = Times(pair.ClientStream.Outgoing);
        List<double> server = Times(pair.ServerStream.Outgoing);
        pair.Server.Arrived = bytes => pair.Server.Write(bytes.ToArray());
        List<double> keys = await TypeAsync(pair, 50, 600);
        await OnReactor.UntilAsync(() => Now - Math.Max(keys[^1] + 1000, client[^1]) > 100);

        // Time is this machine's, and others use it: medians, and a few exceptions.
        Assert.InRange(client[^1] - keys[^1], 950, 2100);
        int slots = client.Select(Slot).Distinct().Count();
        Assert.InRange(slots, client.Count - 3, client.Count);
        Assert.InRange(slots, 0.7 * (Slot(client[^1]) - Slot(client[0])), 1 + Slot(client[^1]) - Slot(client[0]));
        Assert.InRange(server.Count, client.Count - 3, client.Count);
        Assert.InRange(Median(server.Select(answer => answer - client.Last(frame => frame <= answer))), 3.9, 8);

        HashSet<long> withKey = [.. keys.Select(key => Slot(key) + 1)];
        double typed = Median(client.Where(frame => withKey.Contains(Slot(frame))).Select(frame => frame % Grid));
        double empty = Median(client.Where(frame => !withKey.Contains(Slot(frame))).Select(frame => frame % Grid));
        Assert.InRange(typed, 0, 2);
        Assert.InRange(empty, 0, 2);
        Assert.InRange(Math.Abs(typed - empty), 0, 0.5);
        await pair.CloseAsync();
    });

    [Fact]
    public void Full_frames_leave_at_once_and_the_rest_with_the_next_tick() => OnReactor.Run(async () =>
    {
        using LinkPair pair = Covered();
        List<double> frames = Times(pair.ServerStream.Outgoing);
        double started = Now;
        pair.Server.Send(3_000_000);
        await OnReactor.UntilAsync(() => frames.Count >= 3_000_000 / Frame.SealedPayload);
        Assert.InRange(Now - started, 0, 2000);
        await pair.QuietAsync();
        Assert.Equal(1 + (3_000_000 / Frame.SealedPayload), frames.Count);
        await pair.CloseAsync();
    });

    [Fact]
    public void Without_cover_a_byte_leaves_at_once_and_alone() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        List<double> frames = Times(pair.ClientStream.Outgoing);
        for (int i = 0; i < 5; i++)
        {
            pair.Client.Write([1]);
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
            Assert.Equal(i + 1, frames.Count);
        }

        await OnReactor.DelayAsync(60);
        Assert.Equal(5, frames.Count);
        await pair.CloseAsync();
    });

    /// <summary>Fill for each tick of a stalled path would use up our own memory, and then end the session.</summary>
    [Fact]
    public void A_path_that_stands_still_gets_no_fill() => OnReactor.Run(async () =>
    {
        using LinkPair pair = Covered(new WireFaults { Capacity = 1000 });
        pair.ServerStream.Incoming.Stall(true);
        int full = 0;
        while (pair.Client.Link.Room > 0)
        {
            pair.Client.Write(new byte[Frame.SealedPayload]);
            full++;
        }

        long room = pair.Client.Link.Room;
        for (int i = 0; i < 20; i++)
        {
            await OnReactor.DelayAsync(20);
            if (i == 5)
                pair.Client.Write([1]);
        }

        Assert.InRange(pair.Client.Link.Room, room - (2 * Frame.Size), room + (2 * Frame.Size));
        pair.ServerStream.Incoming.Stall(false);
        await pair.QuietAsync();
        Assert.Equal((full * Frame.SealedPayload) + 1, pair.Server.Received);
        await pair.CloseAsync();
    });

    [Fact]
    public void A_rekey_under_cover_loses_nothing() => OnReactor.Run(async () =>
    {
        using LinkPair pair = Covered();
        pair.Server.Arrived = bytes => pair.Server.Write(bytes.ToArray());
        for (int i = 0; i < 6; i++)
        {
            pair.Client.Write([(byte)i]);
            Assert.True(i % 3 != 0 || pair.Client.Link.Rekey());
            await OnReactor.DelayAsync(60);
        }

        await pair.QuietAsync();
        await OnReactor.UntilAsync(() => pair.Client.Rekey.State is { SendGeneration: 2, IsIdle: true });
        await pair.CloseAsync();
    });

    private static long Slot(double time) => (long)(time / Grid);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static LinkPair Covered(WireFaults? toServer = null)
    {
        LinkPair pair = new LinkPair(toServer).Start();
        pair.Client.Link.CoverKeystrokes(isClient: true, KeystrokeCover.DefaultInterval);
        pair.Server.Link.CoverKeystrokes(isClient: false, KeystrokeCover.DefaultInterval);
        return pair;
    }

    private static List<double> Times(MemoryPipe pipe)
    {
        List<double> times = [];
        long sent = 0;
        pipe.Tap = bytes =>
        {
            sent += bytes.Length;
            while (times.Count < sent / Frame.Size)
                times.Add(Now);
        };
        return times;
    }

    private static async ValueTask<List<double>> TypeAsync(LinkPair pair, int count, int milliseconds)
    {
        Random random = new(7);
        List<double> keys = [];
        double start = Now;
        double[] due = [.. Enumerable.Range(0, count).Select(_ => start + (random.NextDouble() * milliseconds)).Order()];
        foreach (double at in due)
        {
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(Math.Max(0, at - Now)));
            keys.Add(Now);
            pair.Client.Write([1]);
        }

        return keys;
    }
}

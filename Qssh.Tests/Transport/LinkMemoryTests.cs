using Qssh.Errors;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Support;

namespace Qssh.Tests.Transport;

/// <summary>Buffers: every slab comes back, whatever ended the link; none holds what was said; running links allocate nothing.</summary>
public sealed class LinkMemoryTests
{
    private const int Kept = 8;

    [Theory]
    [InlineData("close")]
    [InlineData("alert")]
    [InlineData("reset")]
    [InlineData("cut")]
    [InlineData("flip")]
    [InlineData("fault")]
    public void Every_slab_comes_back_wiped(string ending) => OnReactor.Run(async () =>
    {
        byte[][] known = Pool();
        WireFaults faults = ending switch
        {
            "cut" => new WireFaults { CutAt = 100_001 },
            "flip" => new WireFaults { FlipAt = 100_001 },
            _ => WireFaults.None,
        };
        byte[] secret = new byte[3000];
        Array.Fill(secret, (byte)0xA7);
        using LinkPair pair = new LinkPair(faults).Start();
        pair.Server.Arrived = _ =>
        {
            if (ending == "fault" && pair.Server.Received > 100_000)
                throw new InvalidDataException();
        };
        for (int i = 0; i < 100; i++)
        {
            pair.Client.Write(secret);
            pair.Server.Write(secret);
            await OnReactor.DelayAsync(0);
        }

        pair.Client.Write([0xA7, 0xA7, 0xA7, 0xA7, 0xA7, 0xA7, 0xA7, 0xA7]);
        if (ending == "reset")
            pair.ServerStream.Dispose();
        else
            pair.Client.Link.Close(ending == "alert" ? AlertCode.Policy : AlertCode.Close);
        await pair.Client.Running;
        await Task.WhenAny(pair.Server.Running);
        Assert.Equal((1, 1), (pair.Client.Closes, pair.Server.Closes));

        foreach (byte[] slab in Pool())
        {
            Assert.Contains(slab, known);
            Assert.True(slab.AsSpan().IndexOf(secret.AsSpan(0, 8)) < 0, "what was said is still in a slab");
        }
    });

    [Theory]
    [InlineData((int)RecordLayout.Frames)]
    [InlineData((int)RecordLayout.Variable)]
    public void A_running_pair_allocates_nothing(int layout) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Layout = (RecordLayout)layout }).Start();
        // The first rounds fill the pools and let the run queue and the timer heap grow.
        long allocated = long.MaxValue;
        for (int round = 1; round <= 4; round++)
        {
            long total = round * 4_000_000L;
            long before = GC.GetAllocatedBytesForCurrentThread();
            pair.Client.Send(4_000_000);
            pair.Server.Send(4_000_000);
            while (pair.Client.Received < total || pair.Server.Received < total)
                await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(1));
            // The least of the rounds: a collection that another thread starts is booked here with the rest of an allocation context.
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // For 11,000 frames.
        Assert.Equal(0, allocated);
        await pair.QuietAsync();
        await pair.CloseAsync();
    });

    [Fact]
    public void An_idle_link_holds_no_slab() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        byte[][] known = Pool();
        pair.Client.Send(100_000);
        await pair.QuietAsync();
        await OnReactor.DelayAsync(2300);
        Assert.All(Pool(), slab => Assert.Contains(slab, known));
        await pair.CloseAsync();
    });

    /// <summary>All idle slabs of this thread; the pool is left as it was.</summary>
    private static byte[][] Pool()
    {
        byte[][] slabs = [.. Enumerable.Range(0, Kept).Select(_ => SlabPool.Rent())];
        foreach (byte[] slab in slabs)
            SlabPool.Return(slab, 0);
        return slabs;
    }
}

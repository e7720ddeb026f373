using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class ReactorTimerTests
{
    [Fact]
    public void Ten_thousand_timers_run_once_each_in_order_of_their_due_time()
    {
        using var reactor = new Reactor();
        var random = new Random(1);
        var order = new List<long>();
        int cancelled = 0;
        reactor.Run(async () =>
        {
            var timers = new List<ReactorTimer>();
            for (int i = 0; i < 10_000; i++)
            {
                ReactorTimer? timer = null;
                timer = reactor.Schedule(TimeSpan.FromMicroseconds(random.Next(2000, 3000) * 100), () => order.Add(timer!.Due));
                timers.Add(timer);
            }
            foreach (ReactorTimer timer in timers)
            {
                if (random.Next(4) != 0)
                    continue;
                timer.Cancel();
                timer.Cancel();
                cancelled++;
            }
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(400));
            return 0;
        });
        Assert.Equal(10_000 - cancelled, order.Count);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void A_timer_is_never_early_and_restart_moves_it_later()
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            long ran = 0;
            ReactorTimer timer = reactor.Schedule(TimeSpan.FromMilliseconds(40), () => ran = MonotonicClock.Nanoseconds);
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(20));
            long restarted = MonotonicClock.Nanoseconds;
            timer.Restart();
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(60));
            Assert.True(ran - restarted >= 40_000_000, $"{ran - restarted} ns");
            Assert.False(timer.IsActive);
            return 0;
        });
    }

    [Fact]
    public void Restart_with_a_shorter_time_moves_it_earlier()
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            bool ran = false;
            ReactorTimer timer = reactor.Schedule(TimeSpan.MaxValue, () => ran = true);
            timer.Restart(TimeSpan.FromMilliseconds(5));
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(30));
            Assert.True(ran);
            return 0;
        });
    }

    [Fact]
    public void The_heap_agrees_with_a_sorted_list()
    {
        var random = new Random(2);
        var heap = new TimerHeap();
        var timers = new List<ReactorTimer>();
        for (int i = 0; i < 500; i++)
            timers.Add(new ReactorTimer(heap, TimeSpan.Zero, () => { }));
        for (int step = 0; step < 20_000; step++)
        {
            ReactorTimer timer = timers[random.Next(timers.Count)];
            if (random.Next(3) == 0)
                timer.Cancel();
            else
                timer.Restart(TimeSpan.FromMicroseconds(random.Next(1, 1_000_000_000)));
        }
        long[] expected = [.. timers.Where(timer => timer.IsActive).Select(timer => timer.Due).Order()];
        var actual = new List<long>();
        while (heap.TakeDue(long.MaxValue) is { } timer)
            actual.Add(timer.Due);
        Assert.Equal(expected, actual);
        Assert.All(timers, timer => Assert.False(timer.IsActive));
    }

    [Fact]
    public void Restart_per_frame_and_delays_allocate_nothing()
    {
        using var reactor = new Reactor();
        int allocated = reactor.Run(async () =>
        {
            ReactorTimer timer = reactor.Schedule(TimeSpan.FromSeconds(30), () => { });
            await reactor.DelayAsync(TimeSpan.Zero);
            await reactor.DelayAsync(TimeSpan.Zero);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                timer.Restart();
            for (int i = 0; i < 20; i++)
                await reactor.DelayAsync(TimeSpan.Zero);
            return (int)(GC.GetAllocatedBytesForCurrentThread() - before);
        });
        Assert.True(allocated < 1024, $"{allocated} bytes");
    }
}

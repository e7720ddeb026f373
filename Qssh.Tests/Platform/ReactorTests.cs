using System.Diagnostics;
using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class ReactorTests
{
    [Fact]
    public void Run_returns_the_result_of_main()
    {
        using var reactor = new Reactor();
        Assert.Equal(7, reactor.Run(() => new ValueTask<int>(7)));
        Assert.Equal(8, reactor.Run(async () =>
        {
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(1));
            Assert.True(reactor.IsCurrent);
            return 8;
        }));
        Assert.Throws<InvalidOperationException>(() => Reactor.Current);
    }

    [Fact]
    public void Run_throws_what_main_threw()
    {
        using var reactor = new Reactor();
        Assert.Throws<FormatException>(() => reactor.Run(() => throw new FormatException()));
        Assert.Throws<FormatException>(() => reactor.Run(async () =>
        {
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
            throw new FormatException();
        }));
    }

    [Fact]
    public void Run_inside_run_is_refused()
    {
        using var reactor = new Reactor();
        Assert.Throws<InvalidOperationException>(() => reactor.Run(() => new ValueTask<int>(reactor.Run(() => new ValueTask<int>(0)))));
    }

    [Fact]
    public void Posts_from_many_threads_all_run_on_the_loop_in_their_threads_order()
    {
        const int threads = 4, posts = 5000;
        using var reactor = new Reactor();
        int[] next = new int[threads];
        int seen = 0;
        var done = new Notifier();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(worker => new Thread(() =>
        {
            for (int i = 0; i < posts; i++)
            {
                int expected = i;
                reactor.Post(() =>
                {
                    Assert.True(reactor.IsCurrent);
                    Assert.Equal(expected, next[worker]++);
                    if (++seen == threads * posts)
                        done.Set();
                });
            }
        }))];
        reactor.Run(async () =>
        {
            foreach (Thread worker in workers)
                worker.Start();
            await done.WaitAsync();
            return 0;
        });
        Assert.Equal(threads * posts, seen);
    }

    [Fact]
    public void Fault_of_a_post_ends_run_unless_somebody_takes_it()
    {
        using var reactor = new Reactor();
        Assert.Throws<FormatException>(() => reactor.Run(async () =>
        {
            reactor.Post(() => throw new FormatException());
            await new Notifier().WaitAsync();
            return 0;
        }));

        var faults = new List<Exception>();
        reactor.Faulted = faults.Add;
        reactor.Run(async () =>
        {
            reactor.Post(() => throw new FormatException());
            reactor.Schedule(TimeSpan.Zero, () => throw new ArithmeticException());
            reactor.Start(() => throw new TimeoutException());
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(20));
            return 0;
        });
        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void Post_after_dispose_is_harmless()
    {
        var reactor = new Reactor();
        reactor.Dispose();
        reactor.Post(() => { });
    }

    [Fact]
    public void Several_reactors_run_on_their_own_threads()
    {
        int[] results = new int[4];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(index => new Thread(() =>
        {
            using var reactor = new Reactor();
            results[index] = reactor.Run(async () =>
            {
                for (int i = 0; i < 10; i++)
                {
                    await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(1));
                    Assert.Same(reactor, Reactor.Current);
                }
                return index + 1;
            });
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal([1, 2, 3, 4], results);
    }

    [Fact]
    public void An_idle_reactor_uses_no_processor_time()
    {
        using var reactor = new Reactor();
        using var posted = new Timer(_ => reactor.Post(() => { }), null, 200, Timeout.Infinite);
        reactor.Run(async () =>
        {
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(300));
            return 0;
        });
        Assert.True(reactor.Turns <= 6, $"{reactor.Turns} turns");
    }

    [Fact]
    public void Creating_a_reactor_takes_less_than_a_millisecond()
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 100; i++)
        {
            long start = Stopwatch.GetTimestamp();
            new Reactor().Dispose();
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            best = taken < best ? taken : best;
        }
        Assert.True(best < TimeSpan.FromMilliseconds(1), $"{best.TotalMilliseconds} ms");
    }
}

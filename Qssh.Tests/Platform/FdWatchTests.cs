using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class FdWatchTests
{
    private static int Run(Func<Reactor, ValueTask> body)
    {
        using var reactor = new Reactor();
        return reactor.Run(async () =>
        {
            await body(reactor);
            return 0;
        });
    }

    private static (OwnedFd Read, OwnedFd Write) Pipe() => Descriptor.Pipe(true, true);

    [Fact]
    public void Level_triggered_a_reader_need_not_drain() => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = Pipe();
        using FdWatch watch = reactor.Watch(read.Value);
        Descriptor.Write(write.Value, "abc"u8);
        byte[] one = new byte[1];
        foreach (char expected in "abc")
        {
            Assert.True(await watch.ReadableAsync());
            Assert.Equal(1, Descriptor.Read(read.Value, one).Count);
            Assert.Equal((byte)expected, one[0]);
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(1));
        }
        write.Dispose();
        Assert.True(await watch.ReadableAsync());
        Assert.Equal(0, Descriptor.Read(read.Value, one).Count);
        watch.Dispose();
        read.Dispose();
    });

    [Fact]
    public void Reading_and_writing_wait_at_once_and_hangup_wakes_both() => Run(async reactor =>
    {
        (OwnedFd a, OwnedFd b) = Sockets.Pair();
        byte[] chunk = new byte[65536];
        while (Descriptor.Write(a.Value, chunk).IsOk)
        {
        }
        FdWatch watch = reactor.Watch(a.Value);
        ValueTask<bool> readable = watch.ReadableAsync();
        ValueTask<bool> writable = watch.WritableAsync();
        await reactor.DelayAsync(TimeSpan.FromMilliseconds(5));
        Assert.False(readable.IsCompleted || writable.IsCompleted);
        b.Dispose();
        Assert.True(await readable);
        Assert.True(await writable);
        Assert.True(Descriptor.Write(a.Value, chunk).IsBroken);
        watch.Dispose();
        a.Dispose();
    });

    [Fact]
    public void Hangup_with_nobody_waiting_does_not_spin() => Run(async reactor =>
    {
        (OwnedFd a, OwnedFd b) = Sockets.Pair();
        FdWatch watch = reactor.Watch(a.Value);
        ValueTask<bool> readable = watch.ReadableAsync();
        await reactor.DelayAsync(TimeSpan.FromMilliseconds(1));
        b.Dispose();
        Assert.True(await readable);
        long before = reactor.Turns;
        await reactor.DelayAsync(TimeSpan.FromMilliseconds(50));
        Assert.True(reactor.Turns - before <= 4, $"{reactor.Turns - before} turns");
        Assert.True(await watch.WritableAsync());
        Assert.True(await watch.ReadableAsync());
        watch.Dispose();
        a.Dispose();
    });

    [Fact]
    public void Readiness_that_nobody_waits_for_does_not_spin() => Run(async reactor =>
    {
        (OwnedFd a, OwnedFd b) = Sockets.Pair();
        FdWatch watch = reactor.Watch(a.Value);
        Descriptor.Write(b.Value, "x"u8);
        Assert.True(await watch.WritableAsync());
        Assert.True(await watch.ReadableAsync());
        long before = reactor.Turns;
        await reactor.DelayAsync(TimeSpan.FromMilliseconds(50));
        Assert.True(reactor.Turns - before <= 4, $"{reactor.Turns - before} turns");
        watch.Dispose();
        a.Dispose();
        b.Dispose();
    });

    [Fact]
    public void Dispose_ends_waits_with_false_from_the_loop() => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = Pipe();
        FdWatch watch = reactor.Watch(read.Value);
        bool inline = true;
        bool? result = null;
        reactor.Start(async () =>
        {
            bool readable = await watch.ReadableAsync();
            Assert.False(inline);
            result = readable;
        });
        watch.Dispose();
        watch.Dispose();
        inline = false;
        Assert.Null(result);
        await reactor.DelayAsync(TimeSpan.Zero);
        Assert.False(result);
        Assert.False(await watch.ReadableAsync());
        Assert.False(await watch.WritableAsync());
        read.Dispose();
        write.Dispose();
    });

    [Fact]
    public void A_number_used_again_gets_only_its_own_events() => Run(async reactor =>
    {
        for (int round = 0; round < 50; round++)
        {
            (OwnedFd read, OwnedFd write) = Pipe();
            FdWatch old = reactor.Watch(read.Value);
            ValueTask<bool> wait = old.ReadableAsync();
            int number = read.Value;
            bool careless = round % 2 == 1;
            if (careless)
            {
                read.Dispose(); // without disposing the watch: wrong, but must not harm others
            }
            else
            {
                old.Dispose();
                read.Dispose();
            }
            (OwnedFd read2, OwnedFd write2) = Pipe();
            Assert.Equal(number, read2.Value);
            FdWatch fresh = reactor.Watch(read2.Value);
            Assert.False(await wait);
            ValueTask<bool> freshWait = fresh.ReadableAsync();
            old.Dispose();
            Descriptor.Write(write2.Value, "x"u8);
            Assert.True(await freshWait);
            fresh.Dispose();
            read2.Dispose();
            write2.Dispose();
            write.Dispose();
        }
    });

    [Fact]
    public void Two_watches_of_one_descriptor_are_refused() => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = Pipe();
        FdWatch watch = reactor.Watch(read.Value);
        ValueTask<bool> wait = watch.ReadableAsync();
        Assert.Throws<InvalidOperationException>(() => reactor.Watch(read.Value));
        Assert.Throws<InvalidOperationException>(() => { _ = watch.ReadableAsync(); });
        Descriptor.Write(write.Value, "x"u8);
        Assert.True(await wait);
        watch.Dispose();
        read.Dispose();
        write.Dispose();
    });

    [Fact]
    public void A_watch_may_outlive_its_reactor()
    {
        (OwnedFd read, OwnedFd write) = Pipe();
        FdWatch? watch = null;
        Run(reactor =>
        {
            watch = reactor.Watch(read.Value);
            _ = watch.ReadableAsync();
            return ValueTask.CompletedTask;
        });
        watch!.Dispose();
        read.Dispose();
        write.Dispose();
    }

    [Fact]
    public void Regular_files_are_always_ready() => Run(async reactor =>
    {
        string path = Path.GetTempFileName();
        using (OwnedFd file = Descriptor.Open(path, 2, 0, out _)!)
        using (FdWatch watch = reactor.Watch(file.Value))
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.True(await watch.ReadableAsync());
                Assert.True(await watch.WritableAsync());
            }
        }
        File.Delete(path);
    });

    [Fact]
    public void Waits_allocate_nothing() => Run(async reactor =>
    {
        (OwnedFd a, OwnedFd b) = Sockets.Pair();
        FdWatch left = reactor.Watch(a.Value), right = reactor.Watch(b.Value);
        reactor.Start(() => EchoAsync(b.Value, right));
        await PingAsync(a.Value, left, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        await PingAsync(a.Value, left, 5000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 2048, $"{allocated} bytes");
        left.Dispose();
        right.Dispose();
        await reactor.DelayAsync(TimeSpan.Zero);
        a.Dispose();
        b.Dispose();
    });

    [Fact]
    public void Many_streams_with_random_disposal_lose_and_leak_nothing() => Run(async reactor =>
    {
        const int streams = 100;
        int before = Directory.GetFiles("/proc/self/fd").Length;
        var random = new Random(3);
        int finished = 0;
        var done = new Notifier();
        for (int i = 0; i < streams; i++)
        {
            (OwnedFd a, OwnedFd b) = Sockets.Pair();
            FdWatch left = reactor.Watch(a.Value), right = reactor.Watch(b.Value);
            int total = random.Next(1, 400_000);
            bool cut = random.Next(3) == 0;
            if (cut)
                reactor.Schedule(TimeSpan.FromMilliseconds(random.Next(1, 20)), left.Dispose);
            reactor.Start(async () =>
            {
                await SendAsync(a.Value, left, total);
                left.Dispose();
                a.Dispose();
            });
            reactor.Start(async () =>
            {
                int received = await ReceiveAsync(b.Value, right);
                Assert.True(cut ? received <= total : received == total);
                right.Dispose();
                b.Dispose();
                finished++;
                done.Set();
            });
        }
        while (finished < streams)
            await done.WaitAsync();
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 20);
    });

    private static async ValueTask EchoAsync(int fd, FdWatch watch)
    {
        byte[] buffer = new byte[64];
        while (await watch.ReadableAsync())
        {
            IoResult read = Descriptor.Read(fd, buffer);
            if (read.IsOk)
                Descriptor.Write(fd, buffer.AsSpan(0, read.Count));
        }
    }

    private static async ValueTask PingAsync(int fd, FdWatch watch, int count)
    {
        byte[] buffer = new byte[64];
        for (int i = 0; i < count; i++)
        {
            Descriptor.Write(fd, buffer);
            await watch.ReadableAsync();
            Descriptor.Read(fd, buffer);
        }
    }

    private static async ValueTask SendAsync(int fd, FdWatch watch, int total)
    {
        byte[] chunk = new byte[10_000];
        while (total > 0)
        {
            IoResult written = Descriptor.Write(fd, chunk.AsSpan(0, Math.Min(total, chunk.Length)));
            if (written.IsOk)
                total -= written.Count;
            else if (!written.WouldBlock || !await watch.WritableAsync())
                return;
        }
    }

    private static async ValueTask<int> ReceiveAsync(int fd, FdWatch watch)
    {
        byte[] chunk = new byte[7_000];
        int total = 0;
        while (await watch.ReadableAsync())
        {
            IoResult read = Descriptor.Read(fd, chunk);
            if (read is { IsOk: true, Count: 0 } or { IsOk: false, WouldBlock: false })
                break;
            total += read.IsOk ? read.Count : 0;
        }
        return total;
    }
}

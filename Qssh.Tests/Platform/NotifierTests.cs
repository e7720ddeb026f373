using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class NotifierTests
{
    [Fact]
    public void Many_sets_before_a_wait_are_one()
    {
        using var reactor = new Reactor();
        reactor.Run(() =>
        {
            var notifier = new Notifier();
            notifier.Set();
            notifier.Set();
            Assert.True(notifier.WaitAsync().IsCompletedSuccessfully);
            Assert.False(notifier.WaitAsync().IsCompleted);
            return new ValueTask<int>(0);
        });
    }

    [Fact]
    public void Continuations_are_queued_not_called_by_set()
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            var notifier = new Notifier();
            bool woken = false;
            reactor.Start(async () =>
            {
                await notifier.WaitAsync();
                woken = true;
            });
            notifier.Set();
            Assert.False(woken);
            await reactor.DelayAsync(TimeSpan.Zero);
            Assert.True(woken);
            return 0;
        });
    }

    [Fact]
    public void A_second_waiter_is_refused()
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            var notifier = new Notifier();
            ValueTask first = notifier.WaitAsync();
            Assert.Throws<InvalidOperationException>(() => { _ = notifier.WaitAsync(); });
            notifier.Set();
            await first;
            return 0;
        });
    }

    [Fact]
    public void Producer_and_consumer_lose_nothing_and_allocate_nothing_per_wait()
    {
        const int rounds = 20_000;
        using var reactor = new Reactor();
        long allocated = reactor.Run(async () =>
        {
            var request = new Notifier();
            var reply = new Notifier();
            int served = 0;
            reactor.Start(async () =>
            {
                while (served < rounds)
                {
                    await request.WaitAsync();
                    served++;
                    reply.Set();
                }
            });
            long before = 0;
            for (int i = 0; i < rounds; i++)
            {
                if (i == rounds / 2)
                    before = GC.GetAllocatedBytesForCurrentThread();
                request.Set();
                await reply.WaitAsync();
            }
            Assert.Equal(rounds, served);
            return (int)(GC.GetAllocatedBytesForCurrentThread() - before);
        });
        Assert.True(allocated < 1024, $"{allocated} bytes in {rounds / 2} waits");
    }
}

using Qssh.Platform;

namespace Qssh.Tests.Support;

/// <summary>Runs the body of a test inside a reactor of its own, with an end for what would wait for ever.</summary>
internal static class OnReactor
{
    public static void Run(Func<ValueTask> body, int seconds = 30)
    {
        // A context of the runner would take continuations away from the reactor's thread.
        SynchronizationContext.SetSynchronizationContext(null);
        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            ReactorTimer limit = Reactor.Current.Schedule(TimeSpan.FromSeconds(seconds), () => throw new TimeoutException("the test waits for something that does not come"));
            await body();
            limit.Cancel();
            return 0;
        });
    }

    public static async ValueTask UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(1));
    }

    public static ValueTask DelayAsync(int milliseconds) => Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(milliseconds));
}

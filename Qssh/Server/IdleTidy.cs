using Qssh.Mux;
using Qssh.Platform;
using Qssh.Record;

namespace Qssh.Server;

/// <summary>
/// Gives memory back after logins. The collector's budget follows the processor's cache and would let a server that has become idle keep tens
/// of megabytes of garbage; so a moment after the last event it is asked once to collect and release. Without events nothing runs.
/// </summary>
internal sealed class IdleTidy
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(2);

    private ReactorTimer? _timer;

    /// <summary>To be called on the reactor's thread. While events keep coming it runs at most once in the delay.</summary>
    public void Soon()
    {
        if (_timer is null)
            _timer = Reactor.Current.Schedule(s_delay, Collect);
        else if (!_timer.IsActive)
            _timer.Restart();
    }

    private static void Collect()
    {
        SlabPool.Clear();
        ChannelSource.ReleaseBuffer();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}

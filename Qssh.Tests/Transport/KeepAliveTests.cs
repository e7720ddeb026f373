using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

public sealed class KeepAliveTests
{
    [Fact]
    public void A_silent_peer_is_asked_so_many_times_and_then_dead()
    {
        KeepAlive alive = new(TimeSpan.FromSeconds(30), 4);
        for (int i = 0; i < 4; i++)
            Assert.Equal(KeepAlive.Verdict.Ask, alive.Elapsed());
        Assert.Equal(KeepAlive.Verdict.Dead, alive.Elapsed());
    }

    [Fact]
    public void Any_sign_of_life_starts_the_count_anew()
    {
        KeepAlive alive = new(TimeSpan.FromSeconds(30), 2);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(KeepAlive.Verdict.Ask, alive.Elapsed());
            Assert.Equal(KeepAlive.Verdict.Ask, alive.Elapsed());
            alive.OnReceived();
            Assert.Equal(KeepAlive.Verdict.Quiet, alive.Elapsed());
        }
    }

    [Fact]
    public void Zero_turns_it_off_and_a_count_of_zero_asks_nobody()
    {
        Assert.False(new KeepAlive(TimeSpan.Zero, 4).IsOn);
        Assert.False(new KeepAlive(TimeSpan.FromSeconds(-1), 4).IsOn);
        Assert.Equal(KeepAlive.Verdict.Dead, new KeepAlive(TimeSpan.FromSeconds(1), 0).Elapsed());
    }

    [Fact]
    public void A_dead_path_is_found_in_bounded_time_whatever_waits_to_be_sent() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: Options(15, 3)).Start();
        pair.Client.Silent = () => pair.Client.Link.Write([1]);
        pair.ClientStream.Outgoing.IsDead = true;
        pair.ClientStream.Incoming.Stall(true);
        pair.Client.Link.CoverKeystrokes(isClient: true, 1000);
        await pair.Client.Running;
        Assert.Equal(3, pair.Client.Silences);
        Assert.Equal(EndCause.TimedOut, pair.Client.Cause);
        pair.ServerStream.Dispose();
        await pair.EndAsync();
    });

    [Fact]
    public void A_peer_that_answers_is_kept_and_traffic_needs_no_questions() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: Options(40, 2)).Start();
        pair.Server.Silent = () => pair.Server.Link.Write([1]);
        pair.Client.Silent = () => { };
        pair.Client.Arrived = _ => pair.Client.Link.Write([2]);
        await OnReactor.DelayAsync(400);
        Assert.InRange(pair.Server.Silences, 2, 10);
        Assert.Equal(0, pair.Client.Closes + pair.Server.Closes);
        await pair.CloseAsync();
    });

    private static LinkOptions Options(int milliseconds, int count) =>
        new() { Settings = new SessionLinkSettings { KeepAliveInterval = TimeSpan.FromMilliseconds(milliseconds), KeepAliveCount = count } };
}

using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>When frames may leave, in a time of the test's own.</summary>
public sealed class KeystrokeCoverTests
{
    private const int Grid = KeystrokeCover.DefaultInterval;

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 20)]
    [InlineData(19, 20)]
    [InlineData(20, 40)]
    [InlineData(1_000_003, 1_000_020)]
    public void A_key_leaves_at_the_next_tick_of_the_grid(long key, long tick)
    {
        KeystrokeCover cover = new(isClient: true, Grid);
        Assert.Equal(long.MaxValue, cover.Due);
        cover.OnWaiting(key, 0);
        Assert.Equal(tick, cover.Due);
        cover.OnWaiting(key, 500);
        Assert.Equal(tick, cover.Due);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Cover_goes_on_for_one_to_two_seconds_after_the_last_key(int chaff)
    {
        List<long> frames = Type([0], chaff);
        Assert.InRange(frames[^1], 1000 + chaff - Grid, 1000 + chaff);
        Assert.Equal(Enumerable.Range(1, frames.Count).Select(i => (long)i * Grid), frames);
    }

    [Fact]
    public void Times_of_keys_do_not_show_in_times_of_frames()
    {
        Random random = new(11);
        for (int round = 0; round < 200; round++)
        {
            // Two people who begin and end in the same slots type anything in between.
            long[] one = [3, .. Keys(random), 4000];
            long[] other = [17, .. Keys(random), 4000];
            Assert.Equal(Type(one, 300), Type(other, 300));
        }
    }

    [Fact]
    public void A_key_during_the_cover_prolongs_it_and_moves_no_tick()
    {
        List<long> frames = Type([5, 700, 1333], 0);
        Assert.InRange(frames[^1], 2313, 2333);
        Assert.All(frames, frame => Assert.Equal(0, frame % Grid));
        Assert.Equal(frames[^1] / Grid, frames.Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    public void The_grid_is_as_configured(int interval)
    {
        KeystrokeCover cover = new(isClient: true, interval);
        cover.OnWaiting(101, 0);
        for (long tick = 100 + interval; tick < 1000; tick += interval)
        {
            Assert.Equal(tick, cover.Due);
            Assert.True(cover.Tick(tick, isWaiting: false));
        }
    }

    [Fact]
    public void A_tick_that_comes_late_is_not_made_up_for()
    {
        KeystrokeCover cover = new(isClient: true, Grid);
        cover.OnWaiting(0, 0);
        Assert.True(cover.Tick(77, isWaiting: true));
        Assert.Equal(80, cover.Due);
    }

    [Fact]
    public void Each_client_frame_is_answered_once_whether_there_is_output_or_not()
    {
        foreach (bool output in (bool[])[false, true])
        {
            KeystrokeCover cover = new(isClient: false, Grid);
            for (long now = 1000; now < 2000; now += Grid)
            {
                cover.OnReceived(now);
                if (output)
                    cover.OnWaiting(now + 2, 0);
                Assert.Equal(now + 4, cover.Due);
                Assert.True(cover.Tick(now + 4, output));
                Assert.Equal(long.MaxValue, cover.Due);
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(21)]
    [InlineData(400)]
    public void An_answer_that_is_late_is_sent_with_and_without_output(int late)
    {
        foreach (bool output in (bool[])[false, true])
        {
            KeystrokeCover cover = new(isClient: false, Grid);
            cover.OnReceived(1000);
            Assert.True(cover.Tick(1000 + late, output));
            Assert.False(cover.Tick(1000 + late + 1, isWaiting: false));
        }
    }

    [Fact]
    public void Output_between_waits_for_the_next_answer()
    {
        KeystrokeCover cover = new(isClient: false, Grid);
        cover.OnReceived(1000);
        cover.Tick(1004, isWaiting: false);
        cover.OnWaiting(1006, 0);
        Assert.Equal(1030, cover.Due);
        cover.OnReceived(1020);
        Assert.Equal(1024, cover.Due);
        Assert.True(cover.Tick(1024, isWaiting: true));
        Assert.Equal(long.MaxValue, cover.Due);
    }

    [Fact]
    public void Output_to_a_quiet_client_goes_by_itself()
    {
        KeystrokeCover cover = new(isClient: false, Grid);
        cover.OnWaiting(5000, 0);
        Assert.Equal(5004, cover.Due);
        Assert.True(cover.Tick(5004, isWaiting: true));
        Assert.False(cover.Tick(5005, isWaiting: false));
    }

    /// <summary>Times of frames when keys come at these times and every tick is kept.</summary>
    private static List<long> Type(long[] keys, int chaff)
    {
        KeystrokeCover cover = new(isClient: true, Grid);
        List<long> frames = [];
        int next = 0;
        bool waiting = false;
        while (next < keys.Length || cover.Due != long.MaxValue)
        {
            if (next < keys.Length && keys[next] < cover.Due)
            {
                cover.OnWaiting(keys[next++], chaff);
                waiting = true;
                continue;
            }

            long now = cover.Due;
            if (cover.Tick(now, waiting))
                frames.Add(now);
            waiting = false;
        }

        return frames;
    }

    private static long[] Keys(Random random)
    {
        // Pauses stay below the shortest cover, as the end of one would be seen.
        List<long> keys = [];
        for (long at = random.Next(30, 900); at < 4000; at += random.Next(1, 900))
            keys.Add(at);
        return [.. keys];
    }
}

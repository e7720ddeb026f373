using FsCheck;
using FsCheck.Fluent;
using Qssh.Server;

namespace Qssh.Tests.Server;

public sealed class ConnectionQuotaTests
{
    private static readonly QuotaLimits s_limits = new(Busy: 3, Startups: 6, Sessions: 4, PerSource: 5, Rate: 1000, Burst: 1000);

    [Fact]
    public void The_oldest_of_the_busiest_source_makes_room()
    {
        ConnectionQuota quota = new(s_limits);
        Member[] crowd = [.. Enumerable.Range(0, 4).Select(_ => new Member(1))];
        Member[] others = [new(2), new(3)];
        foreach (Member member in (Member[])[.. crowd, .. others])
            Assert.Null(quota.TryEnter(member, 0));

        Assert.Null(quota.TryEnter(new Member(9), 0));
        Assert.True(crowd[0].IsEvicted);
        Assert.DoesNotContain(crowd[1..].Concat(others), member => member.IsEvicted);
        Assert.Equal(6, quota.Starting);
    }

    [Fact]
    public void One_source_has_its_own_limit_and_loses_its_own_oldest()
    {
        ConnectionQuota quota = new(s_limits with { Startups = 100 });
        Member[] crowd = [.. Enumerable.Range(0, 6).Select(_ => new Member(1))];
        foreach (Member member in crowd)
            Assert.Null(quota.TryEnter(member, 0));
        Assert.True(crowd[0].IsEvicted);
        Assert.Equal(5, quota.Starting);
    }

    [Fact]
    public void Sessions_are_never_evicted_and_their_number_is_kept()
    {
        ConnectionQuota quota = new(s_limits);
        for (uint i = 0; i < 4; i++)
        {
            Member member = new(i);
            Assert.Null(quota.TryEnter(member, 0));
            Assert.True(quota.TryAuthenticate(member));
        }

        Member late = new(77);
        Assert.Equal("MaxConnections reached", quota.TryEnter(late, 0));
        Assert.False(quota.TryAuthenticate(late));
        Assert.Equal(4, quota.Authenticated);
    }

    [Fact]
    public void A_source_that_only_has_sessions_is_refused_more()
    {
        ConnectionQuota quota = new(s_limits with { PerSource = 2 });
        for (int i = 0; i < 2; i++)
        {
            Member member = new(1);
            Assert.Null(quota.TryEnter(member, 0));
            Assert.True(quota.TryAuthenticate(member));
        }

        Assert.Equal("PerSourceMaxConnections reached", quota.TryEnter(new Member(1), 0));
        Assert.Null(quota.TryEnter(new Member(2), 0));
    }

    [Fact]
    public void It_is_busy_above_the_threshold_only()
    {
        ConnectionQuota quota = new(s_limits);
        for (uint i = 0; i < 3; i++)
            quota.TryEnter(new Member(i), 0);
        Assert.False(quota.IsBusy);
        quota.TryEnter(new Member(8), 0);
        Assert.True(quota.IsBusy);
    }

    [Fact]
    public void Whatever_happens_the_counts_stay_right() => Prop.ForAll<int>(seed =>
    {
        Random random = new(seed);
        ConnectionQuota quota = new(s_limits);
        List<(Member Member, bool Authenticated)> inside = [];
        for (int step = 0; step < 300; step++)
        {
            Member member = new((uint)random.Next(4));
            if (random.Next(3) == 0 && inside.Count > 0)
            {
                int index = random.Next(inside.Count);
                quota.Leave(inside[index].Member, inside[index].Authenticated);
                inside.RemoveAt(index);
            }
            else if (quota.TryEnter(member, 0) is null)
            {
                inside.Add((member, random.Next(2) == 0 && quota.TryAuthenticate(member)));
            }

            inside.RemoveAll(entry => entry.Member.IsEvicted);
            if (quota.Authenticated != inside.Count(entry => entry.Authenticated) || quota.Starting != inside.Count(entry => !entry.Authenticated))
                return false;
        }

        return quota.Authenticated <= s_limits.Sessions && quota.Starting <= s_limits.Startups;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_source_that_connects_too_often_waits_for_its_bucket()
    {
        StartRate rate = new(perSecond: 10, burst: 3);
        Assert.True(rate.TryTake(1, 0) && rate.TryTake(1, 0) && rate.TryTake(1, 0));
        Assert.False(rate.TryTake(1, 0));
        Assert.True(rate.TryTake(2, 0));
        Assert.False(rate.TryTake(1, 99));
        Assert.True(rate.TryTake(1, 200));
    }

    private sealed class Member(uint source) : IQuotaMember
    {
        public bool IsEvicted { get; private set; }

        public UInt128 Source => source;

        public void Evict() => IsEvicted = true;
    }
}

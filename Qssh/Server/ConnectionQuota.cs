namespace Qssh.Server;

/// <summary>How many connections may be open, and of whom.</summary>
/// <param name="Busy">Unauthenticated connections above which every hello is answered by a retry with a cookie first.</param>
/// <param name="Startups">Unauthenticated connections at once.</param>
/// <param name="Sessions">Authenticated connections at once.</param>
/// <param name="PerSource">Connections of one source (a network block) at once, of either kind.</param>
/// <param name="Rate">Connections of one source per second in the long run.</param>
/// <param name="Burst">Connections of one source at once.</param>
internal sealed record QuotaLimits(int Busy, int Startups, int Sessions, int PerSource, int Rate, int Burst);

/// <summary>A connection as the quota sees it.</summary>
internal interface IQuotaMember
{
    /// <summary>The network block that counts as one source.</summary>
    public UInt128 Source { get; }

    /// <summary>Ends the connection to make room for a newcomer; it leaves the quota soon after.</summary>
    public void Evict();
}

/// <summary>
/// Admission at accept, before any byte is read. An unauthenticated connection costs nothing but its slot, so when slots run out it is the
/// oldest one of the source that holds the most which has to go: idle strangers cannot keep out the one who is about to log in.
/// </summary>
internal sealed class ConnectionQuota(QuotaLimits limits)
{
    private QuotaLimits _limits = limits;
    private StartRate _rate = new(limits.Rate, limits.Burst);
    private readonly LinkedList<IQuotaMember> _starting = [];
    private readonly Dictionary<IQuotaMember, LinkedListNode<IQuotaMember>> _nodes = [];
    private readonly Dictionary<UInt128, int> _bySource = [];
    private readonly Dictionary<UInt128, int> _startingBySource = [];

    public int Authenticated { get; private set; }

    public int Starting => _starting.Count;

    public bool IsBusy => Starting > _limits.Busy;

    /// <summary>New limits, for whoever comes from now on.</summary>
    public void Change(QuotaLimits changed)
    {
        if ((changed.Rate, changed.Burst) != (_limits.Rate, _limits.Burst))
            _rate = new StartRate(changed.Rate, changed.Burst);
        _limits = changed;
    }

    /// <param name="now">Milliseconds of a monotonic clock.</param>
    /// <returns>Null: admitted. Else the reason for the log; the connection is refused.</returns>
    public string? TryEnter(IQuotaMember member, long now)
    {
        if (!_rate.TryTake(member.Source, now))
            return "PerSourceStartRate passed";
        if (Authenticated >= _limits.Sessions)
            return "MaxConnections reached";
        if (Count(_bySource, member.Source) >= _limits.PerSource && !EvictOldestOf(member.Source))
            return "PerSourceMaxConnections reached";
        if (Starting >= _limits.Startups)
            EvictOldestOf(MostLoaded());
        if (Starting >= _limits.Startups)
            return "MaxStartups reached";

        _nodes.Add(member, _starting.AddLast(member));
        Add(_startingBySource, member.Source, 1);
        Add(_bySource, member.Source, 1);
        return null;
    }

    /// <summary>The member has logged in.</summary>
    /// <returns>False: too many have logged in meanwhile.</returns>
    public bool TryAuthenticate(IQuotaMember member)
    {
        if (Authenticated >= _limits.Sessions || !_nodes.Remove(member, out LinkedListNode<IQuotaMember>? node))
            return false;
        RemoveStarting(node);
        Authenticated++;
        return true;
    }

    /// <summary>The connection is gone.</summary>
    /// <param name="wasAuthenticated">What <see cref="TryAuthenticate"/> said of it.</param>
    public void Leave(IQuotaMember member, bool wasAuthenticated)
    {
        if (wasAuthenticated)
            Authenticated--;
        else if (_nodes.Remove(member, out LinkedListNode<IQuotaMember>? node))
            RemoveStarting(node);
        else
            return;
        Add(_bySource, member.Source, -1);
    }

    private bool EvictOldestOf(UInt128 source)
    {
        for (LinkedListNode<IQuotaMember>? node = _starting.First; node is not null; node = node.Next)
        {
            if (node.Value.Source != source)
                continue;
            IQuotaMember member = node.Value;
            Leave(member, wasAuthenticated: false);
            member.Evict();
            return true;
        }

        return false;
    }

    private UInt128 MostLoaded()
    {
        UInt128 most = default;
        int count = -1;
        foreach ((UInt128 source, int held) in _startingBySource)
        {
            if (held > count)
                (most, count) = (source, held);
        }

        return most;
    }

    private void RemoveStarting(LinkedListNode<IQuotaMember> node)
    {
        _starting.Remove(node);
        Add(_startingBySource, node.Value.Source, -1);
    }

    private static int Count(Dictionary<UInt128, int> counts, UInt128 source) => counts.GetValueOrDefault(source);

    private static void Add(Dictionary<UInt128, int> counts, UInt128 source, int change)
    {
        int count = Count(counts, source) + change;
        if (count == 0)
            counts.Remove(source);
        else
            counts[source] = count;
    }
}

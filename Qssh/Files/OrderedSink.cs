using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>
/// Passes data on from the start without gaps; what comes before its turn waits. A copy may end at any time, and by a signal that nobody
/// sees: who goes on with it later believes the size of the file, so that nothing may ever lie behind a gap.
/// </summary>
internal sealed class OrderedSink(IDataSink sink, long start) : IDataSink
{
    private const int LongestRun = 256 * 1024;

    private readonly List<Run> _waiting = [];

    /// <summary>Up to here everything has been passed on.</summary>
    public long Reached { get; private set; } = start;

    public int Backlog { get; private set; }

    public bool Write(long offset, ReadOnlySpan<byte> data)
    {
        if (offset != Reached)
        {
            Keep(offset, data);
            return true;
        }

        if (!Pass(data))
            return false;
        while (_waiting.Find(run => run.Offset == Reached) is { } next)
        {
            _waiting.Remove(next);
            Backlog -= next.Length;
            if (!Pass(next.Data.AsSpan(0, next.Length)))
                return false;
        }

        return true;
    }

    private bool Pass(ReadOnlySpan<byte> data)
    {
        Reached += data.Length;
        return sink.Write(Reached - data.Length, data);
    }

    private void Keep(long offset, ReadOnlySpan<byte> data)
    {
        int length = data.Length;
        Run? run = _waiting.Find(other => other.Offset + other.Length == offset && other.Length + length <= LongestRun);
        if (run is null)
            _waiting.Add(run = new Run(offset));
        if (run.Data.Length < run.Length + length)
            Array.Resize(ref run.Data, Math.Max(run.Length + length, Math.Min(2 * run.Length, LongestRun)));
        data.CopyTo(run.Data.AsSpan(run.Length));
        run.Length += length;
        Backlog += length;
    }

    private sealed class Run(long offset)
    {
        public byte[] Data = [];
        public int Length;

        public long Offset => offset;
    }
}

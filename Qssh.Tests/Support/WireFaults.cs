namespace Qssh.Tests.Support;

/// <summary>How badly one direction of a <see cref="MemoryDuplex"/> behaves. The default is a fast path that takes and gives all it can.</summary>
internal sealed record WireFaults
{
    public static readonly WireFaults None = new();

    /// <summary>Bytes on the way; a sender beyond that waits.</summary>
    public int Capacity { get; init; } = 256 * 1024;

    /// <summary>Each read gives, and each write takes, a random number of bytes from 1 to this.</summary>
    public int LargestRead { get; init; } = int.MaxValue;

    public int LargestWrite { get; init; } = int.MaxValue;

    /// <summary>Of a hundred calls, how many say "would block" although they would not.</summary>
    public int Noise { get; init; }

    /// <summary>How long a byte is on the way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The reader sees the end of the stream after so many bytes; the writer learns nothing.</summary>
    public long CutAt { get; init; } = long.MaxValue;

    /// <summary>One bit of this byte arrives changed.</summary>
    public long FlipAt { get; init; } = -1;

    /// <summary>These bytes arrive with other values: somebody on the path knows what to change.</summary>
    public IReadOnlyDictionary<long, byte> Forged { get; init; } = new Dictionary<long, byte>();

    public int Seed { get; init; } = 1;

    public static WireFaults Noisy(int seed) => new() { LargestRead = 3000, LargestWrite = 5000, Noise = 20, Capacity = 20_000, Seed = seed };

    public static WireFaults OneByte => new() { LargestRead = 1, LargestWrite = 1 };

    public static WireFaults QueueOfOne => new() { Capacity = 1 };
}

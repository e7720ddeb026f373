namespace Qssh.Lab.Relay;

/// <summary>What a link does to the bytes of one direction.</summary>
internal sealed class LinkShape
{
    /// <summary>From one end to the other.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bits in a second; 0: as fast as it goes.</summary>
    public long Rate { get; init; }

    /// <summary>Bytes on the link and in the queue before it. When it is full nothing more is taken from the sender.</summary>
    public int Queue { get; init; } = 32 << 20;

    /// <summary>The connection breaks, without a goodbye, when so many bytes have passed in one direction; 0: never.</summary>
    public long CutAfter { get; init; }
}

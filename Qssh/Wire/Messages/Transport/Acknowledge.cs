namespace Qssh.Wire.Messages.Transport;

/// <summary>AK (docs/protocol.md, section 3), from both, only if detach_seconds &gt; 0: <c>received u64</c>.</summary>
[WireMessage(0x33)]
internal readonly ref partial struct Acknowledge
{
    public required ulong Received { get; init; }
}

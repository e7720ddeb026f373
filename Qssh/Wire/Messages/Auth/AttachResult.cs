namespace Qssh.Wire.Messages.Auth;

/// <summary>AO (docs/protocol.md, section 3), from the server: <c>received u64</c>, bytes of the client's session stream taken so far.</summary>
[WireMessage(0x23)]
internal readonly ref partial struct AttachResult
{
    public required ulong Received { get; init; }
}

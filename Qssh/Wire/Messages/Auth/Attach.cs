namespace Qssh.Wire.Messages.Auth;

/// <summary>AT (docs/protocol.md, section 3), from the client: <c>received u64</c>, bytes of the server's session stream taken so far.</summary>
[WireMessage(0x22)]
internal readonly ref partial struct Attach
{
    public required ulong Received { get; init; }
}

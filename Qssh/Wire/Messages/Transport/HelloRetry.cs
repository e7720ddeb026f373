namespace Qssh.Wire.Messages.Transport;

/// <summary>HR (docs/protocol.md, section 3), from the server: <c>kem u8, work u8 (0–20), cookie b8&lt;107&gt;</c>.</summary>
[WireMessage(0x02)]
internal readonly ref partial struct HelloRetry
{
    public required byte Kem { get; init; }

    /// <summary>Leading zero bits that the client's answer must show.</summary>
    [Range(0, 20)]
    public required byte Work { get; init; }

    [Length8(max: ClientHelloOptions.CookieSize, min: ClientHelloOptions.CookieSize)]
    public required ReadOnlySpan<byte> Cookie { get; init; }
}

namespace Qssh.Wire.Messages.Connection;

/// <summary>
/// <c>channel u32, reply u8, term b8&lt;&gt;, columns u32, rows u32, width u32, height u32, modes b16&lt;&gt;</c>; width and height in pixels.
/// </summary>
[WireMessage(0x50)]
internal readonly ref partial struct PtyRequest
{
    public required uint Channel { get; init; }

    public required bool Reply { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> Term { get; init; }

    public required uint Columns { get; init; }

    public required uint Rows { get; init; }

    public required uint Width { get; init; }

    public required uint Height { get; init; }

    /// <summary><see cref="TerminalModes"/> in their own encoding.</summary>
    [Length16(max: TerminalModes.MaxSize)]
    public required ReadOnlySpan<byte> Modes { get; init; }

    public TerminalModes ReadModes() => TerminalModes.Read(Modes);

    partial void Check() => ReadModes();
}

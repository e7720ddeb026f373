namespace Qssh.Wire.Messages.Connection;

/// <summary><c>channel u32, columns u32, rows u32, width u32, height u32</c>; width and height in pixels.</summary>
[WireMessage(0x56)]
internal readonly ref partial struct WindowChange
{
    public required uint Channel { get; init; }

    public required uint Columns { get; init; }

    public required uint Rows { get; init; }

    public required uint Width { get; init; }

    public required uint Height { get; init; }
}

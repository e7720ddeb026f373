namespace Qssh.Json;

/// <summary>What a text may ask of us (RFC 8259, section 9): checked before anything is kept.</summary>
internal static class JsonLimits
{
    public const int Text = 64 << 20;

    public const int Depth = 32;

    /// <summary>Bytes between the quotes.</summary>
    public const int String = 16 << 20;

    /// <summary>A name is compared with all others of its object.</summary>
    public const int Members = 512;

    /// <summary>Values and names of the whole text.</summary>
    public const int Values = 4 << 20;
}

namespace Qssh.Wire.Messages.Connection;

/// <summary>
/// Encoded terminal modes: pairs of opcode u8 and value u32, ended by opcode 0, or nothing at all. Opcodes are those of RFC 4254,
/// section 8, where 1 to 159 take one u32; a reader passes over opcodes it does not know.
/// </summary>
internal readonly ref struct TerminalModes
{
    public const byte End = 0;
    public const byte MaxOpcode = 159;
    public const int PairSize = sizeof(byte) + sizeof(uint);
    public const int MaxSize = (MaxOpcode * PairSize) + sizeof(byte);

    private readonly ReadOnlySpan<byte> _pairs;

    private TerminalModes(ReadOnlySpan<byte> pairs) => _pairs = pairs;

    public int Count => _pairs.Length / PairSize;

    public (byte Opcode, uint Value) this[int index]
    {
        get
        {
            var reader = new WireReader(_pairs.Slice(index * PairSize, PairSize));
            return (reader.U8(), reader.U32());
        }
    }

    public static TerminalModes Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return default;

        if (bytes.Length % PairSize != sizeof(byte))
            WireFault.Length("PtyRequest.Modes");
        if (bytes[^1] != End)
            WireFault.Value("PtyRequest.Modes");

        ReadOnlySpan<byte> pairs = bytes[..^1];
        for (int i = 0; i < pairs.Length; i += PairSize)
        {
            if (pairs[i] is End or > MaxOpcode)
                WireFault.Value("PtyRequest.Modes");
        }

        return new TerminalModes(pairs);
    }

    public static void WritePair(scoped ref WireWriter writer, byte opcode, uint value)
    {
        writer.WriteU8(opcode);
        writer.WriteU32(value);
    }

    public static void WriteEnd(scoped ref WireWriter writer) => writer.WriteU8(End);
}

namespace Qssh.Crypto.Hashes;

/// <summary>KMAC and KMACXOF (SP 800-185, section 4) over a given cSHAKE.</summary>
internal static class Kmac
{
    /// <summary>The right-encoded output length of the XOF forms.</summary>
    private const ulong AnyLength = 0;

    public static void Compute128(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> customization, Span<byte> output) =>
        Compute(CShake.Start128("KMAC"u8, customization), key, data, (ulong)output.Length * 8, output);

    public static void Compute256(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> customization, Span<byte> output) =>
        Compute(CShake.Start256("KMAC"u8, customization), key, data, (ulong)output.Length * 8, output);

    public static void Xof128(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> customization, Span<byte> output) =>
        Compute(CShake.Start128("KMAC"u8, customization), key, data, AnyLength, output);

    public static void Xof256(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> customization, Span<byte> output) =>
        Compute(CShake.Start256("KMAC"u8, customization), key, data, AnyLength, output);

    private static void Compute(Keccak sponge, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ulong bits, Span<byte> output)
    {
        CShake.AbsorbRate(ref sponge);
        CShake.AbsorbString(ref sponge, key);
        sponge.PadToRate();
        sponge.Absorb(data);
        CShake.AbsorbRightEncode(ref sponge, bits);
        sponge.Squeeze(output);
        sponge.Clear();
    }
}

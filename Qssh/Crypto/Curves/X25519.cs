using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Curves;

/// <summary>X25519 (RFC 7748, section 5): no branch, index or division depends on the scalar or on the point.</summary>
internal static class X25519
{
    /// <summary>Size of scalars, u-coordinates and results.</summary>
    public const int Size = 32;

    /// <summary>(486662 - 2) / 4</summary>
    internal const uint A24 = 121665;

    private static ReadOnlySpan<byte> BasePoint =>
    [
        9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The public u-coordinate of a scalar.</summary>
    public static void PublicKey(ReadOnlySpan<byte> scalar, Span<byte> publicKey) => Agree(scalar, BasePoint, publicKey);

    /// <summary>The shared u-coordinate.</summary>
    /// <returns>False if the result is all zero, that is if the peer sent a point of small order (RFC 7748, section 6.1).</returns>
    public static bool Agree(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scalar.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shared.Length, Size);
        if (PairLadder.IsSupported)
            Multiply<PairLadder>(scalar, publicKey, shared);
        else
            Multiply<PortableLadder>(scalar, publicKey, shared);

        int bits = 0;
        foreach (byte b in shared)
            bits |= b;
        // What callers act on: honest peers never give zero.
        return Declassified.Value(bits != 0);
    }

    /// <summary>The core over a given field arithmetic; for <see cref="Agree"/> and for tests of each.</summary>
    internal static void Multiply<T>(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> publicKey, Span<byte> shared)
        where T : struct, IMontgomeryLadder<T>
    {
        Span<byte> clamped = stackalloc byte[Size];
        scalar.CopyTo(clamped);
        clamped[0] &= 0xF8;
        clamped[31] = (byte)((clamped[31] & 0x7F) | 0x40);
        T ladder = T.Create(Field25519.Decode(publicKey));
        try
        {
            ladder.Run(clamped);
            ladder.Finish(shared);
        }
        finally
        {
            ConstantTime.Wipe(clamped);
            ConstantTime.Wipe(MemoryMarshal.AsBytes(new Span<T>(ref ladder)));
        }
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>The compression function F of BLAKE2b (RFC 7693, section 3.2), variables named as there.</summary>
internal static class Blake2bCompression
{
    public const int BlockSize = 128;
    public const int StateWords = 8;

    private const int Rounds = 12;
    private const int BlockWords = 16;

    /// <summary>Section 2.6: the same as of SHA-512.</summary>
    public static ReadOnlySpan<ulong> InitialHash =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    /// <summary>Section 2.7; rounds 10 and 11 begin again.</summary>
    private static ReadOnlySpan<byte> Sigma =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <param name="length">Bytes of input up to the end of this block, padding not counted.</param>
    public static void Compress(Span<ulong> h, ReadOnlySpan<byte> block, UInt128 length, bool isLast)
    {
        Span<ulong> m = stackalloc ulong[BlockWords];
        for (int i = 0; i < BlockWords; i++)
            m[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        Span<ulong> v = stackalloc ulong[BlockWords];
        h[..StateWords].CopyTo(v);
        InitialHash.CopyTo(v[StateWords..]);
        v[12] ^= (ulong)length;
        v[13] ^= (ulong)(length >> 64);
        if (isLast)
            v[14] = ~v[14];

        for (int round = 0; round < Rounds; round++)
            Round(v, m, Sigma.Slice(round % 10 * BlockWords, BlockWords));
        for (int i = 0; i < StateWords; i++)
            h[i] ^= v[i] ^ v[i + StateWords];
        ConstantTime.Wipe(MemoryMarshal.AsBytes(m));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(v));
    }

    private static void Round(Span<ulong> v, ReadOnlySpan<ulong> m, ReadOnlySpan<byte> s)
    {
        G(ref v[0], ref v[4], ref v[8], ref v[12], m[s[0]], m[s[1]]);
        G(ref v[1], ref v[5], ref v[9], ref v[13], m[s[2]], m[s[3]]);
        G(ref v[2], ref v[6], ref v[10], ref v[14], m[s[4]], m[s[5]]);
        G(ref v[3], ref v[7], ref v[11], ref v[15], m[s[6]], m[s[7]]);
        G(ref v[0], ref v[5], ref v[10], ref v[15], m[s[8]], m[s[9]]);
        G(ref v[1], ref v[6], ref v[11], ref v[12], m[s[10]], m[s[11]]);
        G(ref v[2], ref v[7], ref v[8], ref v[13], m[s[12]], m[s[13]]);
        G(ref v[3], ref v[4], ref v[9], ref v[14], m[s[14]], m[s[15]]);
    }

    /// <summary>The mixing function of section 3.1.</summary>
    private static void G(ref ulong a, ref ulong b, ref ulong c, ref ulong d, ulong x, ulong y)
    {
        a += b + x;
        d = BitOperations.RotateRight(d ^ a, 32);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 24);
        a += b + y;
        d = BitOperations.RotateRight(d ^ a, 16);
        c += d;
        b = BitOperations.RotateRight(b ^ c, 63);
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// HMAC (RFC 2104) over SHA-1 (FIPS 180-4, section 6.1). The one use: the format of hashed host names in known_hosts prescribes it.
/// It hides names from a casual reader; no security rests on it.
/// </summary>
internal static class HmacSha1
{
    public const int Size = 20;

    private const int BlockSize = 64;

    /// <param name="key">At most one block: the salt of an entry has 20 bytes.</param>
    /// <param name="hash">Exactly 20 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, BlockSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Size);
        byte[] inner = new byte[BlockSize + data.Length];
        key.CopyTo(inner);
        Span<byte> outer = stackalloc byte[BlockSize + Size];
        inner.AsSpan(0, BlockSize).CopyTo(outer);
        for (int i = 0; i < BlockSize; i++)
        {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5C;
        }

        data.CopyTo(inner.AsSpan(BlockSize));
        Sha1(inner, outer[BlockSize..]);
        Sha1(outer, hash);
    }

    private static void Sha1(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];
        ReadOnlySpan<byte> rest = data;
        for (; rest.Length >= BlockSize; rest = rest[BlockSize..])
            Compress(state, rest[..BlockSize]);

        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        int length = rest.Length < BlockSize - 8 ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(tail[(length - 8)..length], (ulong)data.Length * 8);
        for (int at = 0; at < length; at += BlockSize)
            Compress(state, tail.Slice(at, BlockSize));

        for (int i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash[(4 * i)..], state[i]);
    }

    /// <summary>FIPS 180-4, section 6.1.2.</summary>
    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[80];
        for (int t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        for (int t = 16; t < 80; t++)
            w[t] = BitOperations.RotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        for (int t = 0; t < 80; t++)
        {
            (uint f, uint k) = (t / 20) switch
            {
                0 => ((b & c) ^ (~b & d), 0x5A827999u),
                1 => (b ^ c ^ d, 0x6ED9EBA1u),
                2 => ((b & c) ^ (b & d) ^ (c & d), 0x8F1BBCDCu),
                _ => (b ^ c ^ d, 0xCA62C1D6u),
            };
            uint next = BitOperations.RotateLeft(a, 5) + f + e + k + w[t];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}

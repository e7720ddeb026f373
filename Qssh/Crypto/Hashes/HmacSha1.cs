using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// HMAC (RFC 2104) over SHA-1 (FIPS 180-4, section 6.1). The one use: the format of hashed host names in known_hosts prescribes it.
/// It hides names from a casual reader; no security rests on it. SHA-1 itself is private, so nothing else can use it.
/// </summary>
internal static class HmacSha1
{
    public const int Size = 20;

    /// <param name="hash">Exactly 20 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> hash) => Hmac<Sha1>.Compute(key, data, hash);

    private struct Sha1 : IHashFunction<Sha1>
    {
        private MerkleDamgard<Sha1Compression> _state;

        public static int HashSize => Size;

        public static int BlockSize => Sha1Compression.BlockSize;

        private static ReadOnlySpan<uint> InitialHash => [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];

        public static Sha1 Start() => new() { _state = new(MemoryMarshal.AsBytes(InitialHash)) };

        public void Update(scoped ReadOnlySpan<byte> data) => _state.Update(data);

        public void Finish(scoped Span<byte> hash)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Size);
            _state.Finish(hash);
        }

        public void Clear() => _state.Clear();
    }

    /// <summary>FIPS 180-4, section 6.1.2.</summary>
    private readonly struct Sha1Compression : ICompression
    {
        private const int Rounds = 80;

        public static int BlockSize => 64;

        public static int LengthSize => 8;

        public static void Compress(Span<byte> state, ReadOnlySpan<byte> block)
        {
            Span<uint> w = stackalloc uint[Rounds];
            for (int t = 0; t < 16; t++)
                w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
            for (int t = 16; t < Rounds; t++)
                w[t] = BitOperations.RotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);

            Span<uint> words = MemoryMarshal.Cast<byte, uint>(state);
            uint a = words[0], b = words[1], c = words[2], d = words[3], e = words[4];
            for (int t = 0; t < Rounds; t++)
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

            words[0] += a;
            words[1] += b;
            words[2] += c;
            words[3] += d;
            words[4] += e;
        }

        public static void Write(ReadOnlySpan<byte> state, Span<byte> hash)
        {
            ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(state);
            for (int i = 0; i < Size / sizeof(uint); i++)
                BinaryPrimitives.WriteUInt32BigEndian(hash[(i * sizeof(uint))..], words[i]);
        }
    }
}

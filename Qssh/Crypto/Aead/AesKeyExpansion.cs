using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>KeyExpansion of AES-256 (FIPS 197, section 5.2) without tables.</summary>
internal static class AesKeyExpansion
{
    public const int BlockSize = 16;
    public const int RoundKeysSize = (BitslicedAes.Rounds + 1) * BlockSize;

    private const int KeyWords = 8;

    /// <param name="key">32 bytes.</param>
    /// <param name="roundKeys">240 bytes: the round keys in the order of their use.</param>
    public static void Expand(ReadOnlySpan<byte> key, Span<byte> roundKeys)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(roundKeys.Length, RoundKeysSize);
        key.CopyTo(roundKeys);
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(roundKeys);
        uint roundConstant = 1;
        for (int i = KeyWords; i < words.Length; i++)
        {
            uint previous = words[i - 1];
            if (i % KeyWords == 0)
            {
                previous = SubWord(RotateToNextByte(previous)) ^ FirstByte(roundConstant);
                roundConstant <<= 1;
            }
            else if (i % KeyWords == KeyWords / 2)
                previous = SubWord(previous);

            words[i] = words[i - KeyWords] ^ previous;
        }
    }

    /// <summary>Spreads round keys over planes, the same for all eight blocks.</summary>
    public static void ToPlanes(ReadOnlySpan<byte> roundKeys, ref Vector128<byte> planes)
    {
        for (int round = 0; round <= BitslicedAes.Rounds; round++)
        {
            Vector128<byte> key = Vector128.Create(roundKeys.Slice(round * BlockSize, BlockSize));
            ref Vector128<byte> target = ref Unsafe.Add(ref planes, round * BitslicedAes.PlaneCount);
            for (int block = 0; block < BitslicedAes.PlaneCount; block++)
                Unsafe.Add(ref target, block) = key;
            BitslicedAes.Transpose(ref target);
        }
    }

    private static uint SubWord(uint word)
    {
        Span<Vector128<byte>> planes = stackalloc Vector128<byte>[BitslicedAes.PlaneCount];
        planes.Clear();
        planes[0] = Vector128.CreateScalar(word).AsByte();
        ref Vector128<byte> first = ref MemoryMarshal.GetReference(planes);
        BitslicedAes.Transpose(ref first);
        BitslicedSubBytes.Apply(ref first);
        BitslicedAes.Transpose(ref first);
        uint result = planes[0].AsUInt32().ToScalar();
        ConstantTime.Wipe(MemoryMarshal.AsBytes(planes));
        return result;
    }

    // The words are kept in memory order, so what the standard calls the first byte is the low one on a little-endian CPU.
    private static uint RotateToNextByte(uint word) =>
        BitConverter.IsLittleEndian ? uint.RotateRight(word, 8) : uint.RotateLeft(word, 8);

    private static uint FirstByte(uint value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
}

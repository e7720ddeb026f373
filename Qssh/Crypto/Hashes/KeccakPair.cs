using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// Two sponges of FIPS 202 in step, for expanding seeds: one input shorter than a block each, then any number of whole blocks.
/// </summary>
internal struct KeccakPair
{
    public const int Shake128Rate = 168;
    public const int Shake256Rate = 136;

    private const byte ShakeSuffix = 0x1F;

    private State _state;
    private readonly int _rate;

    private KeccakPair(int rate)
    {
        _state = default;
        _rate = rate;
    }

    /// <param name="first">Input of the first sponge, shorter than a block.</param>
    /// <param name="second">Input of the second, as long as the first.</param>
    public static KeccakPair Shake128(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => Create(Shake128Rate, first, second);

    public static KeccakPair Shake256(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => Create(Shake256Rate, first, second);

    /// <summary>Fills both outputs, which are whole blocks of equal length.</summary>
    public void SqueezeBlocks(scoped Span<byte> first, scoped Span<byte> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, second.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length % _rate, 0);
        Span<Vector128<ulong>> lanes = Lanes(ref _state);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<Vector128<ulong>, ulong>(lanes);
        for (; !first.IsEmpty; first = first[_rate..], second = second[_rate..])
        {
            KeccakPermutation2.Permute(lanes);
            Span<ulong> firstWords = MemoryMarshal.Cast<byte, ulong>(first[.._rate]);
            Span<ulong> secondWords = MemoryMarshal.Cast<byte, ulong>(second[.._rate]);
            for (int i = 0; i < firstWords.Length; i++)
            {
                firstWords[i] = words[2 * i];
                secondWords[i] = words[(2 * i) + 1];
            }
        }
    }

    /// <summary>Wipes both states.</summary>
    public void Clear() => Secrets.ConstantTime.Wipe(MemoryMarshal.AsBytes(Lanes(ref _state)));

    private static KeccakPair Create(int rate, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first.Length, rate);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, second.Length);
        KeccakPair pair = new(rate);
        Span<byte> block = stackalloc byte[2 * Shake128Rate];
        block.Clear();
        Span<byte> firstBlock = block[..rate];
        Span<byte> secondBlock = block.Slice(rate, rate);
        Pad(first, firstBlock);
        Pad(second, secondBlock);
        Span<Vector128<ulong>> lanes = Lanes(ref pair._state);
        for (int i = 0; i < rate / 8; i++)
        {
            lanes[i] = Vector128.Create(
                BinaryPrimitives.ReadUInt64LittleEndian(firstBlock[(8 * i)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(secondBlock[(8 * i)..]));
        }

        Secrets.ConstantTime.Wipe(block);
        return pair;
    }

    private static void Pad(ReadOnlySpan<byte> input, Span<byte> block)
    {
        input.CopyTo(block);
        block[input.Length] ^= ShakeSuffix;
        block[^1] ^= 0x80;
    }

    private static Span<Vector128<ulong>> Lanes(ref State state) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<State, Vector128<ulong>>(ref state), KeccakPermutation2.Lanes);

    [InlineArray(KeccakPermutation2.Lanes)]
    private struct State
    {
        private Vector128<ulong> _lane;
    }
}

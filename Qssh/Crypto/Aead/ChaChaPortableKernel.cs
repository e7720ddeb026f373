using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>One block at a time, for any CPU.</summary>
internal readonly unsafe struct ChaChaPortableKernel : IChaChaKernel
{
    private const int DoubleRounds = 10;

    public static bool IsSupported => true;

    public static int BatchSize => IChaChaKernel.BlockSize;

    public static void Crypt(uint* state, byte* input, byte* output)
    {
        uint x0 = state[0], x1 = state[1], x2 = state[2], x3 = state[3], x4 = state[4], x5 = state[5], x6 = state[6], x7 = state[7];
        uint x8 = state[8], x9 = state[9], x10 = state[10], x11 = state[11], x12 = state[12], x13 = state[13], x14 = state[14], x15 = state[15];
        for (int i = 0; i < DoubleRounds; i++)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x1, ref x5, ref x9, ref x13);
            QuarterRound(ref x2, ref x6, ref x10, ref x14);
            QuarterRound(ref x3, ref x7, ref x11, ref x15);
            QuarterRound(ref x0, ref x5, ref x10, ref x15);
            QuarterRound(ref x1, ref x6, ref x11, ref x12);
            QuarterRound(ref x2, ref x7, ref x8, ref x13);
            QuarterRound(ref x3, ref x4, ref x9, ref x14);
        }

        Span<uint> mixed = [x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15];
        for (int i = 0; i < IChaChaKernel.StateWords; i++)
        {
            ReadOnlySpan<byte> from = new(input + (sizeof(uint) * i), sizeof(uint));
            Span<byte> to = new(output + (sizeof(uint) * i), sizeof(uint));
            BinaryPrimitives.WriteUInt32LittleEndian(to, BinaryPrimitives.ReadUInt32LittleEndian(from) ^ (mixed[i] + state[i]));
        }

        ConstantTime.Wipe(MemoryMarshal.AsBytes(mixed));
    }

    /// <summary>RFC 8439, section 2.1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }
}

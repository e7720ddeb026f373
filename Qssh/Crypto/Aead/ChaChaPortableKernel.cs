using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
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
        uint* x = stackalloc uint[IChaChaKernel.StateWords];
        for (int i = 0; i < IChaChaKernel.StateWords; i++)
            x[i] = state[i];
        for (int i = 0; i < DoubleRounds; i++)
            DoubleRound(x);
        for (int i = 0; i < IChaChaKernel.StateWords; i++)
        {
            ReadOnlySpan<byte> from = new(input + (sizeof(uint) * i), sizeof(uint));
            Span<byte> to = new(output + (sizeof(uint) * i), sizeof(uint));
            BinaryPrimitives.WriteUInt32LittleEndian(to, BinaryPrimitives.ReadUInt32LittleEndian(from) ^ (x[i] + state[i]));
        }

        ConstantTime.Wipe(new Span<byte>(x, IChaChaKernel.BlockSize));
    }

    /// <summary>Four column rounds, four diagonal rounds.</summary>
    private static void DoubleRound(uint* x)
    {
        QuarterRound(ref x[0], ref x[4], ref x[8], ref x[12]);
        QuarterRound(ref x[1], ref x[5], ref x[9], ref x[13]);
        QuarterRound(ref x[2], ref x[6], ref x[10], ref x[14]);
        QuarterRound(ref x[3], ref x[7], ref x[11], ref x[15]);
        QuarterRound(ref x[0], ref x[5], ref x[10], ref x[15]);
        QuarterRound(ref x[1], ref x[6], ref x[11], ref x[12]);
        QuarterRound(ref x[2], ref x[7], ref x[8], ref x[13]);
        QuarterRound(ref x[3], ref x[4], ref x[9], ref x[14]);
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

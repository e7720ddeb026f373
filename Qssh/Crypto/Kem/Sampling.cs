using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>Sampling of FIPS 203, section 4.2.2.</summary>
internal static class Sampling
{
    /// <summary>seed || nonce. The output of PRF_2, 128 bytes, is within one block of SHAKE256.</summary>
    private const int PrfInputSize = MlKemParameters.SeedSize + 1;

    /// <summary>The matrix A of algorithms 13 and 14, row after row: A[i, j] = SampleNTT(rho || j || i), two entries at a time.</summary>
    public static void Matrix(ReadOnlySpan<byte> rho, int k, Span<short> matrix)
    {
        Span<byte> first = stackalloc byte[MlKemParameters.SeedSize + 2];
        Span<byte> second = stackalloc byte[MlKemParameters.SeedSize + 2];
        rho.CopyTo(first);
        rho.CopyTo(second);
        int last = (k * k) - 1;
        for (int entry = 0; entry <= last; entry += 2)
        {
            int other = Math.Min(entry + 1, last); // an odd last entry meets itself
            (int i, int j) = Math.DivRem(entry, k);
            (first[^2], first[^1]) = ((byte)j, (byte)i);
            (i, j) = Math.DivRem(other, k);
            (second[^2], second[^1]) = ((byte)j, (byte)i);
            SampleNtt(first, second, Polynomial(matrix, entry), Polynomial(matrix, other));
        }
    }

    /// <summary>Algorithm 7 for two seeds. Rejection depends on public data only.</summary>
    public static void SampleNtt(ReadOnlySpan<byte> firstSeed, ReadOnlySpan<byte> secondSeed, Span<short> first, Span<short> second)
    {
        Span<byte> firstBlock = stackalloc byte[KeccakPair.Shake128Rate];
        Span<byte> secondBlock = stackalloc byte[KeccakPair.Shake128Rate];
        KeccakPair xof = KeccakPair.Shake128(firstSeed, secondSeed);
        int firstCount = 0;
        int secondCount = 0;
        while (firstCount < first.Length || secondCount < second.Length)
        {
            xof.SqueezeBlocks(firstBlock, secondBlock);
            firstCount = Reject(firstBlock, first, firstCount);
            secondCount = Reject(secondBlock, second, secondCount);
        }
    }

    /// <summary>As many polynomials as fit, each SamplePolyCBD(PRF(seed, nonce)) with nonces one apart; two at a time.</summary>
    public static void Noise(ReadOnlySpan<byte> seed, int nonce, Span<short> f)
    {
        Span<byte> inputs = stackalloc byte[2 * PrfInputSize];
        Span<byte> outputs = stackalloc byte[2 * KeccakPair.Shake256Rate];
        Span<byte> first = inputs[..PrfInputSize], second = inputs[PrfInputSize..];
        Span<byte> firstOutput = outputs[..KeccakPair.Shake256Rate], secondOutput = outputs[KeccakPair.Shake256Rate..];
        seed.CopyTo(first);
        seed.CopyTo(second);
        int count = f.Length / MlKemParameters.N;
        for (int i = 0; i < count; i += 2)
        {
            first[^1] = (byte)(nonce + i);
            second[^1] = (byte)(nonce + i + 1);
            KeccakPair prf = KeccakPair.Shake256(first, second);
            prf.SqueezeBlocks(firstOutput, secondOutput);
            SamplePolyCbd(firstOutput, Polynomial(f, i));
            if (i + 1 < count)
                SamplePolyCbd(secondOutput, Polynomial(f, i + 1));
            prf.Clear();
        }

        ConstantTime.Wipe(inputs);
        ConstantTime.Wipe(outputs);
    }

    /// <summary>Algorithm 8 for eta = 2: four bits b0 b1 b2 b3 give b0 + b1 - b2 - b3, sixteen coefficients a word.</summary>
    public static void SamplePolyCbd(ReadOnlySpan<byte> bytes, Span<short> f)
    {
        const ulong Odd = 0x5555555555555555;
        for (int i = 0; i < MlKemParameters.N; i += 16)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i / 2)..]);
            ulong sums = (word & Odd) + ((word >> 1) & Odd);
            Span<short> target = f.Slice(i, 16);
            for (int j = 0; j < 16; j++)
            {
                target[j] = (short)((int)(sums & 3) - (int)((sums >> 2) & 3));
                sums >>= 4;
            }
        }
    }

    /// <summary>Takes what is below q of the 12-bit values of one block. A rejected value is overwritten by the next one.</summary>
    private static int Reject(ReadOnlySpan<byte> block, Span<short> a, int count)
    {
        for (int i = 0; i < block.Length && count < a.Length; i += 3)
        {
            int d1 = block[i] | ((block[i + 1] & 0xF) << 8);
            int d2 = (block[i + 1] >> 4) | (block[i + 2] << 4);
            a[count] = (short)d1;
            count += (d1 - Zq.Q) >>> 31;
            if (count == a.Length)
                break;
            a[count] = (short)d2;
            count += (d2 - Zq.Q) >>> 31;
        }

        return count;
    }

    private static Span<short> Polynomial(Span<short> vector, int index) => vector.Slice(index * MlKemParameters.N, MlKemParameters.N);
}

using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>Sampling of FIPS 203, section 4.2.2.</summary>
internal static class Sampling
{
    private const int XofBlock = 168;
    private const int PrfSize = 64 * MlKemParameters.Eta;

    /// <summary>The matrix A of algorithms 13 and 14, row after row: A[i, j] = SampleNTT(rho || j || i).</summary>
    public static void Matrix(ReadOnlySpan<byte> rho, int k, Span<short> matrix)
    {
        Span<byte> seed = stackalloc byte[MlKemParameters.SeedSize + 2];
        rho.CopyTo(seed);
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                seed[^2] = (byte)j;
                seed[^1] = (byte)i;
                SampleNtt(seed, matrix.Slice(((i * k) + j) * MlKemParameters.N, MlKemParameters.N));
            }
        }
    }

    /// <summary>Algorithm 7. Rejection depends on public data only.</summary>
    public static void SampleNtt(ReadOnlySpan<byte> seed, Span<short> a)
    {
        Span<byte> block = stackalloc byte[XofBlock];
        Keccak xof = Keccak.Shake128();
        xof.Absorb(seed);
        int count = 0;
        while (count < a.Length)
        {
            xof.Squeeze(block);
            count = Reject(block, a, count);
        }
    }

    /// <summary>n polynomials, each SamplePolyCBD(PRF(seed, nonce)) with nonces one apart.</summary>
    public static void Noise(ReadOnlySpan<byte> seed, int nonce, Span<short> f)
    {
        Span<byte> input = stackalloc byte[MlKemParameters.SeedSize + 1];
        Span<byte> output = stackalloc byte[PrfSize];
        seed.CopyTo(input);
        for (; !f.IsEmpty; f = f[MlKemParameters.N..])
        {
            input[^1] = (byte)nonce++;
            Shake256.Hash(input, output);
            SamplePolyCbd(output, f[..MlKemParameters.N]);
        }

        ConstantTime.Wipe(input);
        ConstantTime.Wipe(output);
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
}

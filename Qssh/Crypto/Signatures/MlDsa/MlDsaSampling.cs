using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Pseudorandom polynomials (FIPS 204, section 7.3), two sponges at a time: which output bytes a polynomial uses does not depend on
/// how many are squeezed at once.
/// </summary>
internal static class MlDsaSampling
{
    private const int N = MlDsaParameters.N;
    private const int VectorBytes = 16;

    /// <summary>280 candidates, of which one in 1024 is refused: more blocks are hardly ever needed.</summary>
    private const int NttBlocks = 5;

    /// <summary>A nibble is kept with probability 9/16 or 15/16: 256 of these 544 all but always.</summary>
    private const int BoundedBlocks = 2;

    /// <summary>Algorithm 29. Branches and indexes by the challenge: see <see cref="MlDsaSigner"/>.</summary>
    public static void SampleInBall(MlDsaParameters parameters, ReadOnlySpan<byte> cTilde, Span<int> c)
    {
        Span<byte> block = stackalloc byte[KeccakPair.Shake256Rate];
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(cTilde);
        sponge.Squeeze(block);
        ulong signs = BinaryPrimitives.ReadUInt64LittleEndian(block);
        int position = sizeof(ulong);
        c.Clear();
        for (int i = N - parameters.Tau; i < N; i++)
        {
            int j;
            do
            {
                if (position == block.Length)
                {
                    sponge.Squeeze(block);
                    position = 0;
                }

                j = block[position++];
            }
            while (j > i);

            c[i] = c[j];
            c[j] = 1 - (2 * (int)(signs & 1));
            signs >>= 1;
        }
    }

    /// <summary>Algorithm 32: A row by row, k l polynomials in the transformed domain. Public.</summary>
    public static void ExpandA(MlDsaParameters parameters, ReadOnlySpan<byte> rho, PolynomialVector a)
    {
        Span<byte> first = stackalloc byte[MlDsaParameters.ShortSize + 2];
        Span<byte> second = stackalloc byte[MlDsaParameters.ShortSize + 2];
        rho.CopyTo(first);
        rho.CopyTo(second);

        // k l is even for all parameter sets.
        for (int i = 0; i < a.Count; i += 2)
        {
            first[^2] = (byte)(i % parameters.L);
            first[^1] = (byte)(i / parameters.L);
            second[^2] = (byte)((i + 1) % parameters.L);
            second[^1] = (byte)((i + 1) / parameters.L);
            RejNTTPolyPair(first, second, a[i], a[i + 1]);
        }
    }

    /// <summary>Algorithm 33: s1 and s2 as one vector of l + k polynomials.</summary>
    public static void ExpandS(MlDsaParameters parameters, ReadOnlySpan<byte> rhoPrime, PolynomialVector s)
    {
        Span<byte> first = stackalloc byte[MlDsaParameters.LongSize + 2];
        Span<byte> second = stackalloc byte[MlDsaParameters.LongSize + 2];
        Span<int> unused = stackalloc int[N];
        rhoPrime.CopyTo(first);
        rhoPrime.CopyTo(second);
        for (int r = 0; r < s.Count; r += 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(first[^2..], (ushort)r);
            BinaryPrimitives.WriteUInt16LittleEndian(second[^2..], (ushort)(r + 1));
            RejBoundedPolyPair(parameters.Eta, first, second, s[r], r + 1 < s.Count ? s[r + 1] : unused);
        }

        ConstantTime.Wipe(first);
        ConstantTime.Wipe(second);
        ConstantTime.Wipe(MemoryMarshal.AsBytes(unused));
    }

    /// <summary>Algorithm 30, twice.</summary>
    internal static void RejNTTPolyPair(ReadOnlySpan<byte> firstSeed, ReadOnlySpan<byte> secondSeed, Span<int> first, Span<int> second)
    {
        const int Size = NttBlocks * KeccakPair.Shake128Rate;
        Span<byte> buffer = stackalloc byte[2 * (Size + VectorBytes)];
        Span<byte> firstBytes = buffer[..(Size + VectorBytes)];
        Span<byte> secondBytes = buffer[(Size + VectorBytes)..];
        KeccakPair sponges = KeccakPair.Shake128(firstSeed, secondSeed);
        sponges.SqueezeBlocks(firstBytes[..Size], secondBytes[..Size]);
        int firstCount = AcceptBelowQ(firstBytes, Size, first, 0);
        int secondCount = AcceptBelowQ(secondBytes, Size, second, 0);
        while (firstCount < N || secondCount < N)
        {
            sponges.SqueezeBlocks(firstBytes[..KeccakPair.Shake128Rate], secondBytes[..KeccakPair.Shake128Rate]);
            firstCount = AcceptBelowQ(firstBytes, KeccakPair.Shake128Rate, first, firstCount);
            secondCount = AcceptBelowQ(secondBytes, KeccakPair.Shake128Rate, second, secondCount);
        }
    }

    /// <summary>Algorithm 31, twice.</summary>
    private static void RejBoundedPolyPair(
        int eta, ReadOnlySpan<byte> firstSeed, ReadOnlySpan<byte> secondSeed, Span<int> first, Span<int> second)
    {
        const int Size = BoundedBlocks * KeccakPair.Shake256Rate;
        Span<byte> firstBytes = stackalloc byte[Size];
        Span<byte> secondBytes = stackalloc byte[Size];
        KeccakPair sponges = KeccakPair.Shake256(firstSeed, secondSeed);
        int firstCount = 0;
        int secondCount = 0;
        while (firstCount < N || secondCount < N)
        {
            sponges.SqueezeBlocks(firstBytes, secondBytes);
            firstCount = AcceptBounded(eta, firstBytes, first, firstCount);
            secondCount = AcceptBounded(eta, secondBytes, second, secondCount);
        }

        sponges.Clear();
        ConstantTime.Wipe(firstBytes);
        ConstantTime.Wipe(secondBytes);
    }

    /// <summary>Algorithm 14 on every three bytes of so many blocks; the bytes after them are read, not used.</summary>
    private static int AcceptBelowQ(ReadOnlySpan<byte> bytes, int size, Span<int> polynomial, int count)
    {
        int position = 0;
        if (Sse41.IsSupported)
            AcceptFours<Sse41Lanes>(bytes, size, polynomial, ref count, ref position);
        else if (AdvSimd.Arm64.IsSupported)
            AcceptFours<AdvSimdLanes>(bytes, size, polynomial, ref count, ref position);

        for (; position < size && count < N; position += 3)
        {
            int candidate = BinaryPrimitives.ReadInt32LittleEndian(bytes[position..]) & 0x7FFFFF;
            polynomial[count] = candidate;
            count += (candidate - MlDsaParameters.Q) >>> 31;
        }

        return count;
    }

    /// <summary>Four candidates at a time; all four are stored, and kept up to the first that is refused.</summary>
    private static void AcceptFours<TLanes>(
        ReadOnlySpan<byte> bytes, int size, Span<int> polynomial, ref int count, ref int position)
        where TLanes : struct, IMlDsaLanes
    {
        Vector128<byte> spread = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        ref int target = ref MemoryMarshal.GetReference(polynomial);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, size + VectorBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(polynomial.Length, N);
        while (position + 12 <= size && count <= N - 4)
        {
            Vector128<int> four = TLanes.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)position), spread).AsInt32()
                & Vector128.Create(0x7FFFFF);
            four.StoreUnsafe(ref target, (nuint)count);
            uint below = Vector128.LessThan(four, Vector128.Create(MlDsaParameters.Q)).ExtractMostSignificantBits();
            int kept = BitOperations.TrailingZeroCount(~below);
            count += kept;
            position += below == 0b1111 ? 12 : 3 * (kept + 1);
        }
    }

    /// <summary>
    /// Algorithm 15 on every nibble. Values are computed without branch or table; what shows is which nibbles were refused, and those
    /// say nothing about the accepted ones.
    /// </summary>
    private static int AcceptBounded(int eta, ReadOnlySpan<byte> bytes, Span<int> polynomial, int count)
    {
        int limit = eta == 2 ? 15 : 9;
        for (int i = 0; i < 2 * bytes.Length && count < N; i++)
        {
            int nibble = (bytes[i >> 1] >> (4 * (i & 1))) & 15;

            // eta = 2: 2 - (nibble mod 5), where nibble / 5 = (205 nibble) >> 10 for nibble < 16.
            polynomial[count] = eta == 2 ? 2 - (nibble - (((205 * nibble) >> 10) * 5)) : 4 - nibble;
            count += Declassified.Value((nibble - limit) >>> 31);
        }

        return count;
    }
}

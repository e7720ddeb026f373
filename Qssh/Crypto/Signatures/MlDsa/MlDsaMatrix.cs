using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Products in T_q (FIPS 204, section 7.6), each divided by 2^32 (algorithm 49), which <see cref="MlDsaNtt.InverseNTT"/> undoes.
/// Bounds: entries of A are below q, transforms below 10q, so a row of at most 7 products is below 70 q^2 &lt; 2^31 q and comes out
/// below q.
/// </summary>
internal static class MlDsaMatrix
{
    private const int N = MlDsaParameters.N;

    /// <summary>Algorithm 45.</summary>
    public static void MultiplyNTT(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> product) => RowVectorNTT(a, b, product);

    /// <summary>One row of algorithm 48: the sum of products of the polynomials of both, which are equally many.</summary>
    public static void RowVectorNTT(ReadOnlySpan<int> row, ReadOnlySpan<int> v, Span<int> w)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, v.Length);
        if (Sse41.IsSupported)
            VectorRow<Sse41Lanes>(row, v, w);
        else if (AdvSimd.Arm64.IsSupported)
            VectorRow<AdvSimdLanes>(row, v, w);
        else
            PortableRow(row, v, w);
    }

    internal static void PortableRow(ReadOnlySpan<int> row, ReadOnlySpan<int> v, Span<int> w)
    {
        for (int j = 0; j < N; j++)
        {
            long sum = 0;
            for (int s = j; s < row.Length; s += N)
                sum += (long)row[s] * v[s];
            w[j] = MlDsaField.MontgomeryReduce(sum);
        }
    }

    private static void VectorRow<TLanes>(ReadOnlySpan<int> row, ReadOnlySpan<int> v, Span<int> w)
        where TLanes : struct, IMlDsaLanes
    {
        _ = w[N - 1];
        ref int left = ref MemoryMarshal.GetReference(row);
        ref int right = ref MemoryMarshal.GetReference(v);
        ref int target = ref MemoryMarshal.GetReference(w);
        nuint length = (nuint)row.Length;
        for (nuint j = 0; j < N; j += 4)
        {
            Vector128<long> even = Vector128<long>.Zero;
            Vector128<long> odd = Vector128<long>.Zero;
            for (nuint s = j; s < length; s += N)
            {
                Vector128<int> a = Vector128.LoadUnsafe(ref left, s);
                Vector128<int> b = Vector128.LoadUnsafe(ref right, s);
                even += TLanes.MultiplyEven(a, b);
                odd += TLanes.MultiplyEven(MlDsaVector.OddToEven(a), MlDsaVector.OddToEven(b));
            }

            MlDsaVector.MontgomeryReduce<TLanes>(even, odd).StoreUnsafe(ref target, j);
        }
    }
}

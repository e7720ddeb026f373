using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The number-theoretic transform modulo phi = x^n + 1 and q. Between layers values stay below 4q &lt; 2^16: a product with a fixed
/// root takes its quotient from the high half of a 32-bit product and comes out below 2q (Harvey, "Faster arithmetic for
/// number-theoretic transforms", 2014), for any factor below 2^16.
/// </summary>
internal static class FalconNtt
{
    private const uint Q = FalconField.Q;

    /// <summary>In place, from values below 2q to values below q. The order of the result is that of the products only.</summary>
    public static void Transform(Span<uint> values)
    {
        ref uint roots = ref MemoryMarshal.GetArrayDataReference(FalconNttRoots.Forward);
        ref uint quotients = ref MemoryMarshal.GetArrayDataReference(FalconNttRoots.ForwardQuotients);
        ref uint first = ref MemoryMarshal.GetReference(values);
        int groups = 1;
        for (int half = values.Length / 2; half >= 1; half /= 2, groups *= 2)
        {
            for (int group = 0; group < groups; group++)
            {
                Twiddle twiddle = new(Unsafe.Add(ref roots, groups + group), Unsafe.Add(ref quotients, groups + group));
                ForwardGroup(ref Unsafe.Add(ref first, 2 * half * group), half, twiddle);
            }
        }

        foreach (ref uint value in values)
            value = FalconField.ReduceOnce(FalconField.ReduceOnce(value, 2 * Q), Q);
    }

    /// <summary>In place, from values below 2q to values below q.</summary>
    public static void InverseTransform(Span<uint> values)
    {
        ref uint roots = ref MemoryMarshal.GetArrayDataReference(FalconNttRoots.Inverse);
        ref uint quotients = ref MemoryMarshal.GetArrayDataReference(FalconNttRoots.InverseQuotients);
        ref uint first = ref MemoryMarshal.GetReference(values);
        int groups = values.Length / 2;
        for (int half = 1; half < values.Length; half *= 2, groups /= 2)
        {
            for (int group = 0; group < groups; group++)
            {
                Twiddle twiddle = new(Unsafe.Add(ref roots, groups + group), Unsafe.Add(ref quotients, groups + group));
                InverseGroup(ref Unsafe.Add(ref first, 2 * half * group), half, twiddle);
            }
        }

        uint inverse = Q - ((Q - 1) / (uint)values.Length);
        Twiddle scale = new(inverse, FalconNttRoots.Quotient(inverse));
        foreach (ref uint value in values)
            value = FalconField.ReduceOnce(scale.Times(value), Q);
    }

    /// <summary>left becomes the product, value by value; both below q.</summary>
    public static void MultiplyInto(Span<uint> left, ReadOnlySpan<uint> right)
    {
        for (int i = 0; i < left.Length; i++)
            left[i] = FalconField.Multiply(left[i], right[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardGroup(ref uint low, int half, Twiddle twiddle)
    {
        ref uint high = ref Unsafe.Add(ref low, half);
        if (half >= Vector128<uint>.Count)
        {
            Vector128<uint> twoQ = Vector128.Create(2 * Q);
            for (nuint j = 0; j < (nuint)half; j += (nuint)Vector128<uint>.Count)
            {
                Vector128<uint> a = Vector128.LoadUnsafe(ref low, j);
                Vector128<uint> product = twiddle.Times(Vector128.LoadUnsafe(ref high, j));
                a = Vector128.Min(a, a - twoQ);
                (a + product).StoreUnsafe(ref low, j);
                (a + twoQ - product).StoreUnsafe(ref high, j);
            }

            return;
        }

        for (int j = 0; j < half; j++)
        {
            uint a = FalconField.ReduceOnce(Unsafe.Add(ref low, j), 2 * Q);
            uint product = twiddle.Times(Unsafe.Add(ref high, j));
            Unsafe.Add(ref low, j) = a + product;
            Unsafe.Add(ref high, j) = a + (2 * Q) - product;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseGroup(ref uint low, int half, Twiddle twiddle)
    {
        ref uint high = ref Unsafe.Add(ref low, half);
        if (half >= Vector128<uint>.Count)
        {
            Vector128<uint> twoQ = Vector128.Create(2 * Q);
            for (nuint j = 0; j < (nuint)half; j += (nuint)Vector128<uint>.Count)
            {
                Vector128<uint> a = Vector128.LoadUnsafe(ref low, j);
                Vector128<uint> b = Vector128.LoadUnsafe(ref high, j);
                Vector128<uint> sum = a + b;
                Vector128.Min(sum, sum - twoQ).StoreUnsafe(ref low, j);
                twiddle.Times(a + twoQ - b).StoreUnsafe(ref high, j);
            }

            return;
        }

        for (int j = 0; j < half; j++)
        {
            uint a = Unsafe.Add(ref low, j);
            uint b = Unsafe.Add(ref high, j);
            Unsafe.Add(ref low, j) = FalconField.ReduceOnce(a + b, 2 * Q);
            Unsafe.Add(ref high, j) = twiddle.Times(a + (2 * Q) - b);
        }
    }

    /// <summary>A fixed factor below q, with its quotient.</summary>
    private readonly struct Twiddle(uint factor, uint quotient)
    {
        /// <summary>Below 2q, for a value below 2^16.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Times(uint value) => (value * factor) - (((value * quotient) >> 16) * Q);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<uint> Times(Vector128<uint> value) =>
            (value * Vector128.Create(factor)) - (((value * Vector128.Create(quotient)) >>> 16) * Vector128.Create(Q));
    }
}

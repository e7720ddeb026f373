using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// Algorithms 41 and 42 four coefficients at a time, in three passes over memory: layers 128 and 64, 32 and 16, then 8, 4, 2, 1 inside
/// four registers. Zeta m of layer len belongs to the m-th butterfly group, counted from 128 / len.
/// </summary>
internal static class MlDsaVectorNtt<TLanes>
    where TLanes : struct, IMlDsaLanes
{
    public static void NTT(Span<int> w)
    {
        ref int zetas = ref MemoryMarshal.GetArrayDataReference(MlDsaZetas.Forward);
        ref int zetasQ = ref MemoryMarshal.GetArrayDataReference(MlDsaZetas.ForwardTimesQInverse);
        _ = w[MlDsaParameters.N - 1];
        ref int first = ref MemoryMarshal.GetReference(w);
        ForwardTwoLayers(ref first, 64, 1, ref zetas, ref zetasQ);
        for (int block = 0; block < 4; block++)
            ForwardTwoLayers(ref Unsafe.Add(ref first, 64 * block), 16, 4 + block, ref zetas, ref zetasQ);
        for (int block = 0; block < 16; block++)
            ForwardFourLayers(ref Unsafe.Add(ref first, 16 * block), block, ref zetas, ref zetasQ);
    }

    public static void InverseNTT(Span<int> w)
    {
        ref int zetas = ref MemoryMarshal.GetArrayDataReference(MlDsaZetas.Inverse);
        ref int zetasQ = ref MemoryMarshal.GetArrayDataReference(MlDsaZetas.InverseTimesQInverse);
        _ = w[MlDsaParameters.N - 1];
        ref int first = ref MemoryMarshal.GetReference(w);
        for (int block = 0; block < 16; block++)
            InverseFourLayers(ref Unsafe.Add(ref first, 16 * block), block, ref zetas, ref zetasQ);
        for (int block = 0; block < 4; block++)
            InverseTwoLayers(ref Unsafe.Add(ref first, 64 * block), 16, 4 + block, ref zetas, ref zetasQ);
        InverseTwoLayers(ref first, 64, 1, ref zetas, ref zetasQ);
        Vector128<int> f = Vector128.Create(MlDsaZetas.InverseOf256);
        Factor factor = new(f, f, Vector128.Create(unchecked(MlDsaZetas.InverseOf256 * MlDsaField.QInverse)));
        for (nuint j = 0; j < MlDsaParameters.N; j += 4)
            Times(Vector128.LoadUnsafe(ref first, j), factor).StoreUnsafe(ref first, j);
    }

    /// <summary>Layers 2 · quarter and quarter of one block of four quarters; m is the zeta of the first.</summary>
    private static void ForwardTwoLayers(ref int w, int quarter, int m, ref int zetas, ref int zetasQ)
    {
        Factor z1 = Broadcast(ref zetas, ref zetasQ, m);
        Factor z2 = Broadcast(ref zetas, ref zetasQ, 2 * m);
        Factor z3 = Broadcast(ref zetas, ref zetasQ, (2 * m) + 1);
        nuint step = (nuint)quarter;
        for (nuint j = 0; j < step; j += 4)
        {
            Vector128<int> v0 = Vector128.LoadUnsafe(ref w, j);
            Vector128<int> v1 = Vector128.LoadUnsafe(ref w, j + step);
            Vector128<int> v2 = Vector128.LoadUnsafe(ref w, j + (2 * step));
            Vector128<int> v3 = Vector128.LoadUnsafe(ref w, j + (3 * step));
            Butterfly(ref v0, ref v2, z1);
            Butterfly(ref v1, ref v3, z1);
            Butterfly(ref v0, ref v1, z2);
            Butterfly(ref v2, ref v3, z3);
            v0.StoreUnsafe(ref w, j);
            v1.StoreUnsafe(ref w, j + step);
            v2.StoreUnsafe(ref w, j + (2 * step));
            v3.StoreUnsafe(ref w, j + (3 * step));
        }
    }

    private static void InverseTwoLayers(ref int w, int quarter, int m, ref int zetas, ref int zetasQ)
    {
        Factor z1 = Broadcast(ref zetas, ref zetasQ, m);
        Factor z2 = Broadcast(ref zetas, ref zetasQ, 2 * m);
        Factor z3 = Broadcast(ref zetas, ref zetasQ, (2 * m) + 1);
        nuint step = (nuint)quarter;
        for (nuint j = 0; j < step; j += 4)
        {
            Vector128<int> v0 = Vector128.LoadUnsafe(ref w, j);
            Vector128<int> v1 = Vector128.LoadUnsafe(ref w, j + step);
            Vector128<int> v2 = Vector128.LoadUnsafe(ref w, j + (2 * step));
            Vector128<int> v3 = Vector128.LoadUnsafe(ref w, j + (3 * step));
            InverseButterfly(ref v0, ref v1, z2);
            InverseButterfly(ref v2, ref v3, z3);
            InverseButterfly(ref v0, ref v2, z1);
            InverseButterfly(ref v1, ref v3, z1);
            v0.StoreUnsafe(ref w, j);
            v1.StoreUnsafe(ref w, j + step);
            v2.StoreUnsafe(ref w, j + (2 * step));
            v3.StoreUnsafe(ref w, j + (3 * step));
        }
    }

    private static void ForwardFourLayers(ref int w, int block, ref int zetas, ref int zetasQ)
    {
        Vector128<int> v0 = Vector128.LoadUnsafe(ref w);
        Vector128<int> v1 = Vector128.LoadUnsafe(ref w, 4);
        Vector128<int> v2 = Vector128.LoadUnsafe(ref w, 8);
        Vector128<int> v3 = Vector128.LoadUnsafe(ref w, 12);
        Factor z = Broadcast(ref zetas, ref zetasQ, 16 + block);
        Butterfly(ref v0, ref v2, z);
        Butterfly(ref v1, ref v3, z);
        Butterfly(ref v0, ref v1, Broadcast(ref zetas, ref zetasQ, 32 + (2 * block)));
        Butterfly(ref v2, ref v3, Broadcast(ref zetas, ref zetasQ, 33 + (2 * block)));
        ForwardInside(ref v0, ref v1, 4 * block, ref zetas, ref zetasQ);
        ForwardInside(ref v2, ref v3, (4 * block) + 2, ref zetas, ref zetasQ);
        v0.StoreUnsafe(ref w);
        v1.StoreUnsafe(ref w, 4);
        v2.StoreUnsafe(ref w, 8);
        v3.StoreUnsafe(ref w, 12);
    }

    private static void InverseFourLayers(ref int w, int block, ref int zetas, ref int zetasQ)
    {
        Vector128<int> v0 = Vector128.LoadUnsafe(ref w);
        Vector128<int> v1 = Vector128.LoadUnsafe(ref w, 4);
        Vector128<int> v2 = Vector128.LoadUnsafe(ref w, 8);
        Vector128<int> v3 = Vector128.LoadUnsafe(ref w, 12);
        InverseInside(ref v0, ref v1, 4 * block, ref zetas, ref zetasQ);
        InverseInside(ref v2, ref v3, (4 * block) + 2, ref zetas, ref zetasQ);
        InverseButterfly(ref v0, ref v1, Broadcast(ref zetas, ref zetasQ, 32 + (2 * block)));
        InverseButterfly(ref v2, ref v3, Broadcast(ref zetas, ref zetasQ, 33 + (2 * block)));
        Factor z = Broadcast(ref zetas, ref zetasQ, 16 + block);
        InverseButterfly(ref v0, ref v2, z);
        InverseButterfly(ref v1, ref v3, z);
        v0.StoreUnsafe(ref w);
        v1.StoreUnsafe(ref w, 4);
        v2.StoreUnsafe(ref w, 8);
        v3.StoreUnsafe(ref w, 12);
    }

    /// <summary>Layers 2 and 1 of eight coefficients; group counts the groups of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardInside(ref Vector128<int> low, ref Vector128<int> high, int group, ref int zetas, ref int zetasQ)
    {
        (Vector128<int> a, Vector128<int> b) = Halves(low, high);
        Butterfly(ref a, ref b, Doubled(ref zetas, ref zetasQ, 64 + group));
        (low, high) = Halves(a, b);
        (a, b) = TLanes.EvenOdd(low, high);
        Butterfly(ref a, ref b, Four(ref zetas, ref zetasQ, 128 + (2 * group)));
        (low, high) = TLanes.Interleaved(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseInside(ref Vector128<int> low, ref Vector128<int> high, int group, ref int zetas, ref int zetasQ)
    {
        (Vector128<int> a, Vector128<int> b) = TLanes.EvenOdd(low, high);
        InverseButterfly(ref a, ref b, Four(ref zetas, ref zetasQ, 128 + (2 * group)));
        (low, high) = TLanes.Interleaved(a, b);
        (a, b) = Halves(low, high);
        InverseButterfly(ref a, ref b, Doubled(ref zetas, ref zetasQ, 64 + group));
        (low, high) = Halves(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(ref Vector128<int> a, ref Vector128<int> b, Factor z)
    {
        Vector128<int> t = Times(b, z);
        b = a - t;
        a += t;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseButterfly(ref Vector128<int> a, ref Vector128<int> b, Factor z)
    {
        Vector128<int> t = a;
        a = t + b;
        b = Times(t - b, z);
    }

    /// <summary>Low halves and high halves of both; its own inverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<int> Low, Vector128<int> High) Halves(Vector128<int> a, Vector128<int> b) =>
        (Vector128.Create(a.GetLower(), b.GetLower()), Vector128.Create(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Times(Vector128<int> a, Factor z) =>
        MlDsaVector.MultiplyReduce<TLanes>(a, z.Even, z.Odd, z.TimesQInverse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Factor Broadcast(ref int zetas, ref int zetasQ, int m)
    {
        Vector128<int> z = Vector128.Create(Unsafe.Add(ref zetas, m));
        return new Factor(z, z, Vector128.Create(Unsafe.Add(ref zetasQ, m)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Factor Four(ref int zetas, ref int zetasQ, int m)
    {
        Vector128<int> z = Vector128.LoadUnsafe(ref zetas, (nuint)m);
        return new Factor(z, MlDsaVector.OddToEven(z), Vector128.LoadUnsafe(ref zetasQ, (nuint)m));
    }

    /// <summary>Zetas m and m + 1, each twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Factor Doubled(ref int zetas, ref int zetasQ, int m)
    {
        Vector128<int> z = Doubled(ref zetas, m);
        return new Factor(z, z, Doubled(ref zetasQ, m));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Doubled(ref int table, int m)
    {
        Vector128<int> two = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref table, m)))).AsInt32();
        return Vector128.Shuffle(two, Vector128.Create(0, 0, 1, 1));
    }

    private readonly struct Factor(Vector128<int> even, Vector128<int> odd, Vector128<int> timesQInverse)
    {
        public readonly Vector128<int> Even = even;
        public readonly Vector128<int> Odd = odd;
        public readonly Vector128<int> TimesQInverse = timesQInverse;
    }
}

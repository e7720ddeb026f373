using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Kem;

/// <summary>Coefficient-wise operations on one polynomial or a vector of them.</summary>
internal static class Polynomials
{
    public static void Add(Span<short> f, ReadOnlySpan<short> g)
    {
        ref short x = ref MemoryMarshal.GetReference(f);
        ref short y = ref MemoryMarshal.GetReference(g[..f.Length]);
        for (int i = 0; i < f.Length; i += Vector128<short>.Count)
            (Vector128.LoadUnsafe(ref x, (nuint)i) + Vector128.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref x, (nuint)i);
    }

    /// <summary>f := g - f.</summary>
    public static void SubtractFrom(Span<short> f, ReadOnlySpan<short> g)
    {
        ref short x = ref MemoryMarshal.GetReference(f);
        ref short y = ref MemoryMarshal.GetReference(g[..f.Length]);
        for (int i = 0; i < f.Length; i += Vector128<short>.Count)
            (Vector128.LoadUnsafe(ref y, (nuint)i) - Vector128.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref x, (nuint)i);
    }

    /// <summary>Every coefficient times R, below q in magnitude.</summary>
    public static void MultiplyByR(Span<short> f)
    {
        foreach (ref short coefficient in f)
            coefficient = Zq.MontgomeryMultiply(coefficient, Zq.RSquared);
    }

    /// <summary>Every coefficient to [0, q).</summary>
    public static void MakeCanonical(Span<short> f)
    {
        foreach (ref short coefficient in f)
            coefficient = (short)Zq.Canonical(coefficient);
    }

    /// <summary>Wipes what was a secret.</summary>
    public static void Wipe(Span<short> f) => Secrets.ConstantTime.Wipe(MemoryMarshal.AsBytes(f));
}

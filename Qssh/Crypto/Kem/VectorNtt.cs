using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static Qssh.Crypto.Kem.VectorZq;
using Lanes = System.Runtime.Intrinsics.Vector128<short>;

namespace Qssh.Crypto.Kem;

/// <summary>
/// The transforms eight coefficients at a time, on what every x86-64 and Arm64 machine has. Layers of length 4 and 2 lie inside a
/// vector: two vectors are then shuffled so that again whole vectors meet. Bounds are those of <see cref="Ntt"/>.
/// </summary>
internal static class VectorNtt
{
    private const int Width = 8;

    public static bool IsSupported => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Span<short> f)
    {
        ref short x = ref MemoryMarshal.GetReference(f);
        int i = 1;
        for (int length = 128; length >= Width; length /= 2)
        {
            for (int start = 0; start < MlKemParameters.N; start += 2 * length)
            {
                Lanes zeta = Vector128.Create(NttConstants.Zetas[i]);
                Lanes scaled = Vector128.Create(NttConstants.ZetasScaled[i++]);
                for (int j = start; j < start + length; j += Width)
                {
                    Lanes a = Vector128.LoadUnsafe(ref x, (nuint)j);
                    Lanes t = Multiply(Vector128.LoadUnsafe(ref x, (nuint)(j + length)), zeta, scaled);
                    (a + t).StoreUnsafe(ref x, (nuint)j);
                    (a - t).StoreUnsafe(ref x, (nuint)(j + length));
                }
            }
        }

        for (int j = 0; j < MlKemParameters.N; j += 2 * Width)
            ForwardInside(ref x, j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(Span<short> f)
    {
        ref short x = ref MemoryMarshal.GetReference(f);
        for (int j = 0; j < MlKemParameters.N; j += 2 * Width)
            InverseInside(ref x, j);
        int i = 31;
        for (int length = Width; length <= 128; length *= 2)
        {
            for (int start = 0; start < MlKemParameters.N; start += 2 * length)
            {
                Lanes zeta = Vector128.Create(NttConstants.Zetas[i]);
                Lanes scaled = Vector128.Create(NttConstants.ZetasScaled[i--]);
                for (int j = start; j < start + length; j += Width)
                {
                    Lanes a = Vector128.LoadUnsafe(ref x, (nuint)j);
                    Lanes b = Vector128.LoadUnsafe(ref x, (nuint)(j + length));
                    Reduce(a + b).StoreUnsafe(ref x, (nuint)j);
                    Multiply(b - a, zeta, scaled).StoreUnsafe(ref x, (nuint)(j + length));
                }
            }
        }

        for (int j = 0; j < MlKemParameters.N; j += Width)
            Multiply(Vector128.LoadUnsafe(ref x, (nuint)j), Vector128.Create(Zq.RSquaredBy128)).StoreUnsafe(ref x, (nuint)j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InnerProduct(ReadOnlySpan<short> f, int stride, ReadOnlySpan<short> g, Span<short> h)
    {
        ref short a = ref MemoryMarshal.GetReference(f);
        ref short b = ref MemoryMarshal.GetReference(g);
        ref short c = ref MemoryMarshal.GetReference(h);
        int terms = g.Length / MlKemParameters.N;
        _ = f[((terms - 1) * stride) + MlKemParameters.N - 1];
        for (int i = 0; i < MlKemParameters.N; i += 2 * Width)
        {
            Lanes gamma = Vector128.LoadUnsafe(in NttConstants.Gammas[i / 2]);
            Lanes scaled = Vector128.LoadUnsafe(in NttConstants.GammasScaled[i / 2]);
            Lanes c0 = Lanes.Zero, c1 = Lanes.Zero;
            for (int term = 0; term < terms; term++)
            {
                (Lanes a0, Lanes a1) = Deinterleave(ref a, (term * stride) + i);
                (Lanes b0, Lanes b1) = Deinterleave(ref b, (term * MlKemParameters.N) + i);
                c0 += Multiply(a0, b0) + Multiply(Multiply(a1, b1), gamma, scaled);
                c1 += Multiply(a0, b1) + Multiply(a1, b0);
            }

            Interleave(c0, c1, ref c, i);
        }
    }

    /// <summary>Layers of length 4 and 2 of algorithm 9 for 16 coefficients, and the reduction at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ForwardInside(ref short x, int j)
    {
        Lanes u = Vector128.LoadUnsafe(ref x, (nuint)j);
        Lanes v = Vector128.LoadUnsafe(ref x, (nuint)(j + Width));
        (Lanes a, Lanes b) = (LowHalves(u, v), HighHalves(u, v));
        Lanes t = Multiply(b, ZetasOfLength4(NttConstants.Zetas, j), ZetasOfLength4(NttConstants.ZetasScaled, j));
        (a, b) = (a + t, a - t);
        (u, v) = (LowHalves(a, b), HighHalves(a, b));
        (a, b) = (EvenPairs(u, v), OddPairs(u, v));
        t = Multiply(b, ZetasOfLength2(NttConstants.Zetas, j), ZetasOfLength2(NttConstants.ZetasScaled, j));
        (a, b) = (Reduce(a + t), Reduce(a - t));
        LowPairs(a, b).StoreUnsafe(ref x, (nuint)j);
        HighPairs(a, b).StoreUnsafe(ref x, (nuint)(j + Width));
    }

    /// <summary>Layers of length 2 and 4 of algorithm 10 for 16 coefficients. Its zetas run backwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseInside(ref short x, int j)
    {
        Lanes u = Vector128.LoadUnsafe(ref x, (nuint)j);
        Lanes v = Vector128.LoadUnsafe(ref x, (nuint)(j + Width));
        int mirror = MlKemParameters.N - (2 * Width) - j;
        (Lanes a, Lanes b) = (EvenPairs(u, v), OddPairs(u, v));
        Lanes zeta = ReversePairs(ZetasOfLength2(NttConstants.Zetas, mirror));
        Lanes scaled = ReversePairs(ZetasOfLength2(NttConstants.ZetasScaled, mirror));
        (a, b) = (Reduce(a + b), Multiply(b - a, zeta, scaled));
        (u, v) = (LowPairs(a, b), HighPairs(a, b));
        (a, b) = (LowHalves(u, v), HighHalves(u, v));
        zeta = ReversePairs(ZetasOfLength4(NttConstants.Zetas, mirror));
        scaled = ReversePairs(ZetasOfLength4(NttConstants.ZetasScaled, mirror));
        (a, b) = (Reduce(a + b), Multiply(b - a, zeta, scaled));
        LowHalves(a, b).StoreUnsafe(ref x, (nuint)j);
        HighHalves(a, b).StoreUnsafe(ref x, (nuint)(j + Width));
    }
}

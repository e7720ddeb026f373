using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// What four coefficients at once need beyond the operations that every processor has. A type parameter, so that a kernel is compiled
/// for one instruction set and checks for it once, outside its loops, whatever baseline the build assumes.
/// </summary>
internal interface IMlDsaLanes
{
    /// <summary>The 64-bit products of elements 0 and 2.</summary>
    public static abstract Vector128<long> MultiplyEven(Vector128<int> a, Vector128<int> b);

    /// <summary>The low halves of the four products.</summary>
    public static abstract Vector128<int> MultiplyLow(Vector128<int> a, Vector128<int> b);

    /// <summary>The bytes at these places; zero for a place beyond 15.</summary>
    public static abstract Vector128<byte> Shuffle(Vector128<byte> bytes, Vector128<byte> places);

    /// <summary>Elements 0 and 2 of both, elements 1 and 3 of both.</summary>
    public static abstract (Vector128<int> Even, Vector128<int> Odd) EvenOdd(Vector128<int> a, Vector128<int> b);

    /// <summary>The inverse of <see cref="EvenOdd"/>.</summary>
    public static abstract (Vector128<int> Low, Vector128<int> High) Interleaved(Vector128<int> even, Vector128<int> odd);
}

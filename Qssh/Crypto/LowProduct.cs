using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto;

/// <summary>Products of the lower halves of 64-bit elements: one instruction on x86, two or three on Arm.</summary>
internal static class LowProduct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Multiply(Vector128<ulong> x, Vector128<ulong> y)
    {
        if (Sse2.IsSupported)
            return Sse2.Multiply(x.AsUInt32(), y.AsUInt32());
        if (AdvSimd.IsSupported)
            return AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(x), AdvSimd.ExtractNarrowingLower(y));
        Vector128<ulong> low = Vector128.Create((ulong)uint.MaxValue);
        return (x & low) * (y & low);
    }
}

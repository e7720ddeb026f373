using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Curves;

/// <summary>The full product of two words: what the field arithmetic is generic over, so that the choice is made once per key.</summary>
internal interface IWideProduct
{
    /// <returns>The upper 64 bits of the product.</returns>
    public static abstract ulong Multiply(ulong left, ulong right, out ulong low);
}

/// <summary>Everywhere; constant time because it is built from 32-bit products (or UMULH on Arm).</summary>
internal readonly struct PortableProduct : IWideProduct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Multiply(ulong left, ulong right, out ulong low) => Math.BigMul(left, right, out low);
}

/// <summary>MULX. Called directly, as <see cref="Math.BigMul(ulong, ulong, out ulong)"/> would test for it at every product.</summary>
internal readonly struct Bmi2Product : IWideProduct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ulong Multiply(ulong left, ulong right, out ulong low)
    {
        ulong lower;
        ulong upper = Bmi2.X64.MultiplyNoFlags(left, right, &lower);
        low = lower;
        return upper;
    }
}

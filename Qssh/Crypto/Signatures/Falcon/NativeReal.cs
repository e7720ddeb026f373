using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Doubles of the processor. On x86-64 (SSE2) and Arm64 each operation is one instruction, rounded on its own: neither RyuJIT nor the
/// ahead-of-time compiler contracts a product and a sum into a fused operation or keeps excess precision. No conversion here branches.
/// </summary>
internal readonly struct NativeReal(double value) : IFalconReal<NativeReal>
{
    /// <summary>3 · 2^51: the unit in the last place of numbers around it is 1, so that adding it rounds to an integer.</summary>
    private const double Rounder = 6755399441055744.0;

    private readonly double _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal operator +(NativeReal left, NativeReal right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal operator -(NativeReal left, NativeReal right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal operator *(NativeReal left, NativeReal right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal operator /(NativeReal left, NativeReal right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal operator -(NativeReal value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal FromConstant(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal FromInteger(long value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal Half(NativeReal value) => new(value._value * 0.5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeReal SquareRoot(NativeReal value) => new(Math.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Round(NativeReal value) =>
        BitConverter.DoubleToInt64Bits(value._value + Rounder) - BitConverter.DoubleToInt64Bits(Rounder);

    /// <summary>Rounded, less one where that went up: the sign bit of the difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Floor(NativeReal value)
    {
        double rounded = value._value + Rounder;
        long integer = BitConverter.DoubleToInt64Bits(rounded) - BitConverter.DoubleToInt64Bits(Rounder);
        return integer + (BitConverter.DoubleToInt64Bits(value._value - (rounded - Rounder)) >> 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Truncate(NativeReal value) => double.ConvertToIntegerNative<long>(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLess(NativeReal left, NativeReal right) => left._value < right._value;
}

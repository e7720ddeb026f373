namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// A number of IEEE 754 binary64 as Falcon computes with it: every operation rounded to nearest even on its own, in the order written.
/// Infinities, NaN and subnormal numbers do not occur. Both implementations give the same bits.
/// </summary>
internal interface IFalconReal<T>
    where T : unmanaged, IFalconReal<T>
{
    public static abstract T operator +(T left, T right);

    public static abstract T operator -(T left, T right);

    public static abstract T operator *(T left, T right);

    public static abstract T operator /(T left, T right);

    public static abstract T operator -(T value);

    public static abstract T FromConstant(double value);

    public static abstract T FromInteger(long value);

    public static abstract T Half(T value);

    public static abstract T SquareRoot(T value);

    /// <summary>To the nearest integer, ties to even; |value| &lt; 2^51.</summary>
    public static abstract long Round(T value);

    /// <summary>|value| &lt; 2^51.</summary>
    public static abstract long Floor(T value);

    /// <summary>Towards zero; |value| &lt; 2^63.</summary>
    public static abstract long Truncate(T value);

    /// <summary>For decisions that are public.</summary>
    public static abstract bool IsLess(T left, T right);
}

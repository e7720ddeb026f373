namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// A number of IEEE 754 binary64 as Falcon computes with it: every operation rounded to nearest even on its own, in the order written.
/// Infinities, NaN and subnormal numbers do not occur. Both implementations give the same bits.
/// </summary>
internal interface IFalconReal<T>
    where T : unmanaged, IFalconReal<T>
{
    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    static abstract T operator -(T value);

    static abstract T FromConstant(double value);

    static abstract T FromInteger(long value);

    static abstract T Half(T value);

    static abstract T SquareRoot(T value);

    /// <summary>To the nearest integer, ties to even; |value| &lt; 2^51.</summary>
    static abstract long Round(T value);

    /// <summary>|value| &lt; 2^51.</summary>
    static abstract long Floor(T value);

    /// <summary>Towards zero; |value| &lt; 2^63.</summary>
    static abstract long Truncate(T value);

    /// <summary>For decisions that are public.</summary>
    static abstract bool IsLess(T left, T right);
}

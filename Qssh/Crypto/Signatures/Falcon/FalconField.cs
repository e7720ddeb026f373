using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>The integers modulo q = 12289. Nothing here branches on values: key generation divides by the secret f.</summary>
internal static class FalconField
{
    public const uint Q = FalconParameters.Q;

    /// <summary>From the range of a signed coefficient, |value| &lt; q.</summary>
    public static uint FromSigned(int value) => (uint)(value + ((value >> 31) & (int)Q));

    /// <summary>The representative in (-q/2, q/2] of a reduced value.</summary>
    public static int ToCentred(uint value) => (int)value - (((int)(Q / 2) - (int)value) >> 31 & (int)Q);

    /// <summary>From [0, 2m) to [0, m). Not Math.Min: inside loops the compiler makes that a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReduceOnce(uint value, uint modulus)
    {
        uint reduced = value - modulus;
        return reduced + (modulus & (uint)((int)reduced >> 31));
    }

    /// <summary>A product of values below q: the constant divisor becomes a multiplication.</summary>
    public static uint Multiply(uint left, uint right) => left * right % Q;

    public static uint Subtract(uint left, uint right) => ReduceOnce(left + Q - right, Q);

    public static uint Power(uint value, uint exponent)
    {
        uint result = 1;
        for (; exponent != 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = Multiply(result, value);
            value = Multiply(value, value);
        }

        return result;
    }

    /// <summary>value^(q-2): the inverse, and zero of zero.</summary>
    public static uint Invert(uint value) => Power(value, Q - 2);
}

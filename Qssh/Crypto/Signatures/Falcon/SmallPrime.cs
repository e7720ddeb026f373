using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// A prime p = 1 mod 2048 just below 2^31, with its arithmetic: a place of the residue number system in which key generation computes
/// with big integers. Values are reduced; a product is divided by 2^32 (Montgomery). The primes are public, the values are not.
/// </summary>
internal readonly struct SmallPrime
{
    public SmallPrime(uint p)
    {
        P = p;
        NegatedInverse = 0 - InverseOfOdd(p);
        One = (uint)((1UL << 32) % p);
        Square = (uint)((ulong)One * One % p);
        Limb = (uint)((1UL << 63) % p);
    }

    public uint P { get; }

    /// <summary>2^32: the neutral factor.</summary>
    public uint One { get; }

    /// <summary>2^64: as a factor, makes up for the division of another product.</summary>
    public uint Square { get; }

    /// <summary>2^31 · 2^32: as a factor, shifts by one limb.</summary>
    public uint Limb { get; }

    private uint NegatedInverse { get; }

    /// <summary>1 / value mod 2^32, by Newton's iteration: each round doubles the bits that are right.</summary>
    public static uint InverseOfOdd(uint value)
    {
        uint inverse = 2 - value;
        for (int bits = 2; bits < 32; bits *= 2)
            inverse *= 2 - (value * inverse);
        return inverse;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(uint left, uint right) => ReduceOnce(left + right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Subtract(uint left, uint right) => ReduceOnce(left + P - right);

    /// <summary>left · right / 2^32. At most one operand may exceed p, up to 2^31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Multiply(uint left, uint right)
    {
        ulong product = (ulong)left * right;
        uint factor = (uint)product * NegatedInverse;
        return ReduceOnce((uint)((product + ((ulong)factor * P)) >> 32));
    }

    /// <summary>From [0, 2p) to [0, p).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReduceOnce(uint value)
    {
        uint reduced = value - P;
        return reduced + (P & (uint)((int)reduced >> 31));
    }

    /// <summary>|value| &lt; 2^31.</summary>
    public uint FromSigned(int value)
    {
        uint lifted = (uint)value + (P & (uint)(value >> 31));
        lifted += P & (uint)((int)lifted >> 31);
        return ReduceOnce(lifted);
    }

    /// <summary>The representative around zero.</summary>
    public int ToCentred(uint value) => (int)(value - (P & (uint)((int)((P >> 1) - value) >> 31)));

    /// <summary>Half of a value modulo p.</summary>
    public uint Half(uint value) => (value + (P & (0 - (value & 1)))) >> 1;

    /// <summary>value^exponent, both times 2^32; the exponent is public.</summary>
    public uint Power(uint value, uint exponent)
    {
        uint result = One;
        for (; exponent != 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = Multiply(result, value);
            value = Multiply(value, value);
        }

        return result;
    }
}

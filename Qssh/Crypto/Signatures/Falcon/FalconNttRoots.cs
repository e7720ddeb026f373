namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Powers of a primitive 2048th root of unity modulo q in bit-reversed order, so that one table serves both degrees: entry
/// m + i belongs to the i-th group of the layer with m groups. Each comes with floor(root 2^16 / q) for the quotient of a product.
/// </summary>
internal static class FalconNttRoots
{
    /// <summary>11 generates the multiplicative group, of order 12288 = 6 · 2048.</summary>
    private const uint Generator = 11;

    public static readonly uint[] Forward = new uint[FalconParameters.LargestN];
    public static readonly uint[] ForwardQuotients = new uint[FalconParameters.LargestN];

    /// <summary>The inverses of <see cref="Forward"/>, in the same places.</summary>
    public static readonly uint[] Inverse = new uint[FalconParameters.LargestN];
    public static readonly uint[] InverseQuotients = new uint[FalconParameters.LargestN];

    static FalconNttRoots()
    {
        uint root = FalconField.Power(Generator, (FalconField.Q - 1) / (2 * FalconParameters.LargestN));
        uint inverseRoot = FalconField.Invert(root);
        uint power = 1;
        uint inversePower = 1;
        for (int i = 0; i < FalconParameters.LargestN; i++)
        {
            int place = Reverse(i);
            Forward[place] = power;
            ForwardQuotients[place] = Quotient(power);
            Inverse[place] = inversePower;
            InverseQuotients[place] = Quotient(inversePower);
            power = FalconField.Multiply(power, root);
            inversePower = FalconField.Multiply(inversePower, inverseRoot);
        }
    }

    public static uint Quotient(uint factor) => (factor << 16) / FalconField.Q;

    private static int Reverse(int index)
    {
        int reversed = 0;
        for (int bit = 1; bit < FalconParameters.LargestN; bit <<= 1)
            reversed = (reversed << 1) | ((index & bit) != 0 ? 1 : 0);
        return reversed;
    }
}

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// exp(i pi r / 1024) with r the ten bits of the index reversed: entry m + i belongs to the i-th group of the layer with m groups, for
/// every degree up to 1024. Real part first.
/// </summary>
internal static class FalconRoots<T>
    where T : unmanaged, IFalconReal<T>
{
    public static readonly T[] Values = Build();

    private static T[] Build()
    {
        const int Count = FalconParameters.LargestN;
        T[] values = new T[2 * Count];
        for (int index = 0; index < Count; index++)
        {
            int power = 0;
            for (int bit = 1; bit < Count; bit <<= 1)
                power = (power << 1) | ((index & bit) != 0 ? 1 : 0);
            values[2 * index] = power <= Count / 2 ? Cosine(power) : -Cosine(Count - power);
            values[(2 * index) + 1] = Cosine(Math.Abs((Count / 2) - power));
        }

        return values;
    }

    private static T Cosine(int index) => T.FromConstant(FalconCosines.Cosine(index));
}

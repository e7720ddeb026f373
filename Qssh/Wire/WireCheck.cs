namespace Qssh.Wire;

/// <summary>Checks of values that a declaration asks for by attribute.</summary>
internal static class WireCheck
{
    public static ulong Range(ulong value, ulong min, ulong max, string field)
    {
        if (value < min || value > max)
            WireFault.Value(field);

        return value;
    }

    /// <summary>No bit outside <paramref name="mask"/>.</summary>
    public static void Bits(ulong value, ulong mask, string field)
    {
        if ((value & ~mask) != 0)
            WireFault.Value(field);
    }

    public static void Range(ReadOnlySpan<byte> list, ulong min, ulong max, string field)
    {
        foreach (byte value in list)
            Range(value, min, max, field);
    }

    /// <summary>Strictly rising: nothing twice.</summary>
    public static void Rising(ReadOnlySpan<byte> list, string field)
    {
        for (int i = 1; i < list.Length; i++)
        {
            if (list[i] <= list[i - 1])
                WireFault.Order(field);
        }
    }

    /// <summary>Strictly falling: nothing twice.</summary>
    public static void Falling(U16List list, string field)
    {
        for (int i = 1; i < list.Count; i++)
        {
            if (list[i] >= list[i - 1])
                WireFault.Order(field);
        }
    }
}

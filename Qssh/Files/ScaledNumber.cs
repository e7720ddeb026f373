namespace Qssh.Files;

/// <summary>A count of bytes in tenths of the unit that suits it. In integers: the runtime's printing of fractions is large.</summary>
internal readonly ref struct ScaledNumber(ulong tenths, char unit)
{
    private const string Units = "BKMGTPE";

    public ulong Tenths => tenths;

    public char Unit => unit;

    /// <param name="most">Tenths above which the next unit is taken.</param>
    public static ScaledNumber Of(ulong bytes, ulong most)
    {
        int unit = 0;
        // Tenths of the largest counts would not fit.
        for (; bytes > ulong.MaxValue / 20; unit++)
            bytes /= 1024;
        ulong tenths = bytes * 10;
        for (; tenths > most && unit < Units.Length - 1; unit++)
            tenths = (tenths + 512) / 1024;
        return new ScaledNumber(tenths, Units[unit]);
    }
}

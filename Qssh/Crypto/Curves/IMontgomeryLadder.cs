namespace Qssh.Crypto.Curves;

/// <summary>
/// The Montgomery ladder of RFC 7748, section 5, variables named as there. An implementation is a plain struct that holds every
/// intermediate value, so that its owner can wipe it.
/// </summary>
internal interface IMontgomeryLadder<T>
    where T : struct
{
    public static abstract T Create(in Field25519 u);

    /// <summary>All 255 steps, from the top bit of the clamped scalar down.</summary>
    public void Run(ReadOnlySpan<byte> clamped);

    /// <summary>x2 / z2, encoded. 1 / z2 is z2^(p - 2), which is 0 for 0.</summary>
    public void Finish(Span<byte> result);
}

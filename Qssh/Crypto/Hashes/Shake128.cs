namespace Qssh.Crypto.Hashes;

/// <summary>SHAKE128 (FIPS 202, section 6.2) in one call; output of any length.</summary>
internal static class Shake128
{
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> output)
    {
        Keccak sponge = Keccak.Shake128();
        sponge.Absorb(data);
        sponge.Squeeze(output);
        sponge.Clear();
    }
}

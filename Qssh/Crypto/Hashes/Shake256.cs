namespace Qssh.Crypto.Hashes;

/// <summary>SHAKE256 (FIPS 202, section 6.2) in one call; output of any length.</summary>
internal static class Shake256
{
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> output)
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(data);
        sponge.Squeeze(output);
        sponge.Clear();
    }
}

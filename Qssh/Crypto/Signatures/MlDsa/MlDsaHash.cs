using Qssh.Crypto.Hashes;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>H of FIPS 204, section 3.7 (SHAKE256), over the inputs that occur.</summary>
internal static class MlDsaHash
{
    /// <summary>H(first || second).</summary>
    public static void H(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> output) => H(first, second, default, output);

    public static void H(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> output)
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Absorb(third);
        sponge.Squeeze(output);
        sponge.Clear();
    }

    /// <summary>mu of the pure form: H(tr || M') with M' = 0 || |ctx| || ctx || M (algorithms 2 and 3).</summary>
    public static void Mu(ReadOnlySpan<byte> tr, ReadOnlySpan<byte> context, ReadOnlySpan<byte> message, Span<byte> mu)
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(tr);
        sponge.Absorb([0, checked((byte)context.Length)]);
        sponge.Absorb(context);
        sponge.Absorb(message);
        sponge.Squeeze(mu);
    }
}

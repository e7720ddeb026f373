using System.Runtime.InteropServices;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Algorithm 10, Sign, with salt and seed of the sampler as parameters. Where secrets influence the flow of signing, completely:
/// <list type="number">
/// <item>A candidate of <see cref="FalconSampler{T}"/> is taken or refused, and the comparison of its probability with random bytes ends
/// at the first byte that differs. The bound of algorithm 14 scales all probabilities alike, so that the count says nothing of centre or
/// deviation (Howe et al., "Isochronous Gaussian sampling", 2020).</item>
/// <item>A whole vector is refused when it is too long, or when it does not fit its compressed form: with negligible and with small
/// probability, looked at as a whole, never shown. Compression branches on coefficients, but only of the last vector, which is public.</item>
/// </list>
/// All else is straight-line with public bounds and indices, tables are read whole, conversions between integers and reals do not
/// branch. On native reals it is left to the processor that sums and products of normal numbers take constant time, as they do on x86-64
/// and Arm64; the divisions and roots, whose time may vary there, are only made once, when a key is expanded. Subnormal numbers do not
/// occur. <see cref="EmulatedReal"/> relies on none of this.
/// </summary>
internal static class FalconSigner
{
    /// <summary>A signature of constant size: sampled again until its compression fits.</summary>
    public static void SignPadded(
        FalconExpandedKey key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> message, ref Keccak source, Span<byte> signature)
    {
        const int Start = FalconParameters.HeaderSize + FalconParameters.NonceSize;
        Span<uint> c = stackalloc uint[key.Parameters.N];
        Span<short> s2 = stackalloc short[key.Parameters.N];
        FalconHash.HashToPoint(nonce, message, c);
        do
            key.Sample(c, ref source, s2);
        while (!Declassified.Value(FalconCompression.Fits(s2, signature.Length - Start))); // item 2

        Declassified.Contents(s2); // the signature itself
        int size = FalconCompression.Compress(s2, signature[Start..]);

        signature[0] = key.Parameters.SignatureHeader;
        nonce.CopyTo(signature[FalconParameters.HeaderSize..]);
        signature[(Start + size)..].Clear();
    }
}

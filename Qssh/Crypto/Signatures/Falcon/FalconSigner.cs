using System.Runtime.InteropServices;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Algorithm 10, Sign, with salt and seed of the sampler as parameters.</summary>
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
        int size;
        do
        {
            key.Sample(c, ref source, s2);
            size = FalconCompression.Compress(s2, signature[Start..]);
        }
        while (size == 0);

        signature[0] = key.Parameters.SignatureHeader;
        nonce.CopyTo(signature[FalconParameters.HeaderSize..]);
        signature[(Start + size)..].Clear();
        // A vector that did not fit was never released.
        ConstantTime.Wipe(MemoryMarshal.AsBytes(s2));
    }
}

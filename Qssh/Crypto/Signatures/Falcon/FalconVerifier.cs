namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Verification (algorithm 16), in integers only. All inputs are public.</summary>
internal static class FalconVerifier
{
    /// <summary>A signature of constant size: what follows the compressed vector is zero.</summary>
    public static bool VerifyPadded(
        FalconParameters parameters, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == parameters.SignatureSize && Verify(parameters, publicKey, message, signature, padded: true);

    /// <summary>A signature as long as its compressed vector.</summary>
    public static bool VerifyCompressed(
        FalconParameters parameters, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verify(parameters, publicKey, message, signature, padded: false);

    private static bool Verify(
        FalconParameters parameters, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, bool padded)
    {
        const int Start = FalconParameters.HeaderSize + FalconParameters.NonceSize;
        Span<short> s2 = stackalloc short[parameters.N];
        Span<uint> h = stackalloc uint[parameters.N];
        Span<uint> c = stackalloc uint[parameters.N];
        if (signature.Length <= Start || signature[0] != parameters.SignatureHeader)
            return false;

        ReadOnlySpan<byte> compressed = signature[Start..];
        int size = FalconCompression.Decompress(compressed, s2);
        if (size == 0 || (padded ? compressed[size..].ContainsAnyExcept((byte)0) : size != compressed.Length))
            return false;
        if (!FalconPublicEncoding.TryDecode(parameters, publicKey, h))
            return false;

        FalconHash.HashToPoint(signature[FalconParameters.HeaderSize..Start], message, c);
        return IsShort(parameters, c, s2, h);
    }

    /// <summary>Lines 4 to 7: whether (c - s2 h mod q, s2) is within the bound. Overwrites h.</summary>
    private static bool IsShort(FalconParameters parameters, ReadOnlySpan<uint> c, ReadOnlySpan<short> s2, Span<uint> h)
    {
        Span<uint> product = stackalloc uint[parameters.N];
        for (int i = 0; i < product.Length; i++)
            product[i] = FalconField.FromSigned(s2[i]);
        FalconNtt.Transform(product);
        FalconNtt.Transform(h);
        FalconNtt.MultiplyInto(product, h);
        FalconNtt.InverseTransform(product);

        // At most 1024 · (6144^2 + 2047^2) < 2^36.
        long norm = 0;
        for (int i = 0; i < product.Length; i++)
        {
            int s1 = FalconField.ToCentred(FalconField.Subtract(c[i], product[i]));
            norm += (s1 * s1) + (s2[i] * s2[i]);
        }

        return norm <= parameters.SquaredBound;
    }
}

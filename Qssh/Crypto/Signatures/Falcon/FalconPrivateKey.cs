using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>The polynomials f, g, F, G with f G - g F = q (section 3.4). Wiped on dispose.</summary>
internal sealed class FalconPrivateKey(FalconParameters parameters) : IDisposable
{
    private readonly SecretBuffer _coefficients = new(4 * parameters.N);

    public FalconParameters Parameters { get; } = parameters;

    public Span<sbyte> f => Polynomial(0);

    public Span<sbyte> g => Polynomial(1);

    public Span<sbyte> F => Polynomial(2);

    public Span<sbyte> G => Polynomial(3);

    /// <summary>Section 3.11.5: f, g and F; G follows from the equation.</summary>
    /// <returns>Null unless the encoding is the one that <see cref="Encode"/> makes of a key that fulfils the equation.</returns>
    public static FalconPrivateKey? Decode(FalconParameters parameters, ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length != parameters.PrivateKeySize || encoded[0] != parameters.PrivateKeyHeader)
            return null;

        FalconPrivateKey key = new(parameters);
        int smallSize = parameters.N * parameters.SmallBits / 8;
        ReadOnlySpan<byte> rest = encoded[FalconParameters.HeaderSize..];
        bool inRange = FalconPrivateEncoding.Decode(rest[..smallSize], parameters.SmallBits, key.f)
            & FalconPrivateEncoding.Decode(rest.Slice(smallSize, smallSize), parameters.SmallBits, key.g)
            & FalconPrivateEncoding.Decode(rest[(2 * smallSize)..], FalconParameters.LargeBits, key.F);
        if (inRange && FalconKeyEquation.TryComplete(key) && NtruEquation.Holds(key))
            return key;

        key.Dispose();
        return null;
    }

    public void Encode(Span<byte> encoded)
    {
        int smallSize = Parameters.N * Parameters.SmallBits / 8;
        encoded[0] = Parameters.PrivateKeyHeader;
        Span<byte> rest = encoded[FalconParameters.HeaderSize..];
        FalconPrivateEncoding.Encode(f, Parameters.SmallBits, rest[..smallSize]);
        FalconPrivateEncoding.Encode(g, Parameters.SmallBits, rest.Slice(smallSize, smallSize));
        FalconPrivateEncoding.Encode(F, FalconParameters.LargeBits, rest[(2 * smallSize)..]);
    }

    /// <returns>The encoded public key, or null when f has no inverse.</returns>
    public byte[]? PublicKey()
    {
        Span<uint> h = stackalloc uint[Parameters.N];
        if (!FalconKeyEquation.TryDivide(g, f, h))
            return null;
        byte[] publicKey = new byte[Parameters.PublicKeySize];
        FalconPublicEncoding.Encode(Parameters, h, publicKey);
        Declassified.Contents<byte>(publicKey);
        return publicKey;
    }

    public void Dispose() => _coefficients.Dispose();

    private Span<sbyte> Polynomial(int index) => MemoryMarshal.Cast<byte, sbyte>(_coefficients.Span.Slice(index * Parameters.N, Parameters.N));
}

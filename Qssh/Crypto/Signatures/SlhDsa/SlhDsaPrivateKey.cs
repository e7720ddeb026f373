using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>SK.seed, SK.prf, PK.seed and PK.root (FIPS 205, figure 15), in that order. Wiped on dispose.</summary>
internal sealed class SlhDsaPrivateKey : IDisposable
{
    private readonly SecretBuffer _encoded;

    private SlhDsaPrivateKey(SlhDsaParameters parameters)
    {
        Parameters = parameters;
        _encoded = new SecretBuffer(parameters.EncodedPrivateKeySize);
    }

    public SlhDsaParameters Parameters { get; }

    public ReadOnlySpan<byte> SkSeed => _encoded.Span[..Parameters.N];

    public ReadOnlySpan<byte> SkPrf => _encoded.Span.Slice(Parameters.N, Parameters.N);

    public ReadOnlySpan<byte> PkSeed => PublicKey[..Parameters.N];

    /// <summary>PK.seed || PK.root.</summary>
    public ReadOnlySpan<byte> PublicKey => _encoded.Span[(2 * Parameters.N)..];

    /// <summary>The standard's encoding, which other programs exchange: secret.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded.Span;

    /// <summary>Algorithm 18, slh_keygen_internal. Computes a whole tree.</summary>
    /// <param name="seeds">SK.seed || SK.prf || PK.seed.</param>
    public static SlhDsaPrivateKey FromSeeds(SlhDsaParameters parameters, ReadOnlySpan<byte> seeds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seeds.Length, parameters.SeedsSize);
        SlhDsaPrivateKey key = new(parameters);
        seeds.CopyTo(key._encoded.Span);
        SlhDsaFunctions.Root(parameters, key.SkSeed, key.PkSeed, key._encoded.Span[parameters.SeedsSize..]);
        return key;
    }

    /// <summary>Computes nothing: a root that does not belong to the seeds shows when a signature is verified.</summary>
    /// <returns>Null: wrong length.</returns>
    public static SlhDsaPrivateKey? Decode(SlhDsaParameters parameters, ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length != parameters.EncodedPrivateKeySize)
            return null;

        SlhDsaPrivateKey key = new(parameters);
        encoded.CopyTo(key._encoded.Span);
        return key;
    }

    public void Dispose() => _encoded.Dispose();
}

using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Errors;
using Qssh.Secrets;

namespace Qssh.Identity;

/// <summary>
/// Keys as other programs keep them: public ones as SubjectPublicKeyInfo (RFC 5280, section 4.1), private ones as OneAsymmetricKey (RFC 5958),
/// with the algorithms and encodings of RFC 9881 (ML-DSA) and RFC 9909 (SLH-DSA).
/// </summary>
internal static class PemKeys
{
    public const string PublicLabel = "PUBLIC KEY", PrivateLabel = "PRIVATE KEY";

    private static ReadOnlySpan<byte> VersionZero => [DerReader.Integer, 1, 0];

    public static byte[] EncodePublic(PublicKey key)
    {
        byte[] identifier = RequireIdentifier(key);
        int algorithm = DerWriter.Size(identifier.Length), bits = 1 + key.Bytes.Length;
        int inside = DerWriter.Size(algorithm) + DerWriter.Size(bits);
        byte[] output = new byte[DerWriter.Size(inside)];
        DerWriter writer = new(output);
        writer.Header(DerReader.Sequence, inside);
        writer.Header(DerReader.Sequence, algorithm);
        writer.Header(DerReader.ObjectIdentifier, identifier.Length);
        writer.Bytes(identifier);
        writer.Header(DerReader.BitString, bits);
        writer.Bytes([0]);
        writer.Bytes(key.Bytes);
        return PemText.Encode(PublicLabel, output);
    }

    /// <returns>The text, which is secret: the caller wipes it.</returns>
    public static byte[] EncodePrivate(PrivateKey key)
    {
        byte[] identifier = RequireIdentifier(key.Public);
        ReadOnlySpan<byte> form = key.Key.PrivateForm;
        int algorithm = DerWriter.Size(identifier.Length), secret = IsMlDsa(key.Public.Scheme) ? DerWriter.Size(form.Length) : form.Length;
        int inside = VersionZero.Length + DerWriter.Size(algorithm) + DerWriter.Size(secret);
        using SecretBuffer output = new(DerWriter.Size(inside));
        DerWriter writer = new(output.Span);
        writer.Header(DerReader.Sequence, inside);
        writer.Bytes(VersionZero);
        writer.Header(DerReader.Sequence, algorithm);
        writer.Header(DerReader.ObjectIdentifier, identifier.Length);
        writer.Bytes(identifier);
        writer.Header(DerReader.OctetString, secret);
        if (IsMlDsa(key.Public.Scheme))
            writer.Header(DerReader.Context0, form.Length);
        writer.Bytes(form);
        return PemText.Encode(PrivateLabel, output.Span);
    }

    /// <exception cref="ProtocolException">Malformed.</exception>
    public static PublicKey DecodePublic(ReadOnlySpan<byte> der, string name)
    {
        DerReader outer = new(der), reader = new(outer.Take(DerReader.Sequence));
        outer.ExpectEnd();
        SignatureScheme scheme = Algorithm(ref reader, name);
        ReadOnlySpan<byte> bits = reader.Take(DerReader.BitString);
        reader.ExpectEnd();
        return bits.Length > 0 && bits[0] == 0 && PublicKey.TryCreate(scheme, bits[1..]) is { } key ? key : throw Damaged(name);
    }

    /// <exception cref="ProtocolException">Malformed.</exception>
    public static PrivateKey DecodePrivate(ReadOnlySpan<byte> der, string name)
    {
        DerReader outer = new(der), reader = new(outer.Take(DerReader.Sequence));
        outer.ExpectEnd();
        ReadOnlySpan<byte> version = reader.Take(DerReader.Integer);
        if (version is not [0 or 1])
            throw Damaged(name);
        SignatureScheme scheme = Algorithm(ref reader, name);
        ReadOnlySpan<byte> secret = reader.Take(DerReader.OctetString), publicKey = default;
        if (reader.NextTag == DerReader.ConstructedContext0)
            reader.Take(DerReader.ConstructedContext0); // attributes: nothing in them concerns us
        if (version[0] == 1 && reader.NextTag == DerReader.Context1)
            publicKey = reader.Take(DerReader.Context1);
        reader.ExpectEnd();

        SigningKey signing = (IsMlDsa(scheme) ? MlDsaKey(scheme, secret, name) : SignatureAlgorithm.Find(scheme)!.LoadKey(secret)) ?? throw Damaged(name);
        PrivateKey key = new(signing, "");
        if (publicKey.IsEmpty || (publicKey[0] == 0 && publicKey[1..].SequenceEqual(key.Public.Bytes)))
            return key;
        key.Dispose();
        throw new FailureException($"{name}: the private key does not belong to the public key in the same file", 1);
    }

    /// <summary>RFC 9881, section 6: seed [0] | expandedKey | both. The seed is what our files hold, and it cannot be had from the expanded key.</summary>
    private static SigningKey? MlDsaKey(SignatureScheme scheme, ReadOnlySpan<byte> content, string name)
    {
        DerReader reader = new(content);
        ReadOnlySpan<byte> seed, expanded = default;
        switch (reader.NextTag)
        {
            case DerReader.Context0:
                seed = reader.Take(DerReader.Context0);
                break;
            case DerReader.Sequence:
                DerReader both = new(reader.Take(DerReader.Sequence));
                seed = both.Take(DerReader.OctetString);
                expanded = both.Take(DerReader.OctetString);
                both.ExpectEnd();
                break;
            case DerReader.OctetString:
                throw new FailureException($"{name}: holds the expanded key only, without the seed that key files are made from: export it again with the seed", 1);
            default:
                return null;
        }

        reader.ExpectEnd();
        return expanded.IsEmpty || IsExpandedFrom(scheme, seed, expanded) ? SignatureAlgorithm.Find(scheme)!.LoadKey(seed) : null;
    }

    /// <summary>RFC 9881, section 8: of the two forms in one file each must be the other's.</summary>
    private static bool IsExpandedFrom(SignatureScheme scheme, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> expanded)
    {
        MlDsaParameters parameters = scheme switch
        {
            SignatureScheme.MlDsa44 => MlDsaParameters.MlDsa44,
            SignatureScheme.MlDsa65 => MlDsaParameters.MlDsa65,
            _ => MlDsaParameters.MlDsa87,
        };
        if (seed.Length != MlDsaParameters.SeedSize || expanded.Length != parameters.EncodedPrivateKeySize)
            return false;
        using SecretBuffer computed = new(expanded.Length);
        byte[] publicKey = new byte[SignatureRegistry.Find(scheme)!.PublicKeySize];
        MlDsaExpandedKey.KeyGenInternal(parameters, seed, publicKey, computed.Span).Dispose();
        return ConstantTime.AreEqual(computed.Span, expanded);
    }

    private static SignatureScheme Algorithm(ref DerReader reader, string name)
    {
        DerReader algorithm = new(reader.Take(DerReader.Sequence));
        ReadOnlySpan<byte> identifier = algorithm.Take(DerReader.ObjectIdentifier);
        if (KeyObjectIdentifier.Find(identifier) is not { } scheme)
            throw new FailureException($"{name}: {KeyObjectIdentifier.Describe(identifier)}", 1);

        // No parameters, not even NULL: both standards say absent.
        algorithm.ExpectEnd();
        return scheme;
    }

    private static byte[] RequireIdentifier(PublicKey key) => KeyObjectIdentifier.Of(key.Scheme) ?? throw new FailureException(
        key.Family == "dual"
            ? $"{key.TypeName} keys cannot be exported: no standard names a pair of keys like these"
            : $"{key.TypeName} keys cannot be exported: Falcon has no object identifier before its standard (FIPS 206) is final",
        1);

    private static bool IsMlDsa(SignatureScheme scheme) => scheme is SignatureScheme.MlDsa44 or SignatureScheme.MlDsa65 or SignatureScheme.MlDsa87;

    private static FailureException Damaged(string name) => new($"{name}: the key is damaged", 1);
}

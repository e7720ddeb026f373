using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>
/// A public key of a known scheme, compared by value. A line of text holds it as <c>type base64 comment</c>, base64 of the
/// <see cref="KeyBlob"/>.
/// </summary>
internal sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly SignatureEntry _entry;
    private readonly byte[] _blob;

    private PublicKey(SignatureEntry entry, byte[] blob)
    {
        _entry = entry;
        _blob = blob;
    }

    public SignatureScheme Scheme => _entry.Scheme;

    /// <summary>The name in files and listings, such as "mldsa65".</summary>
    public string TypeName => _entry.Name;

    public string Family => _entry.Family;

    /// <summary>Bits of security that the scheme is designed for; of a dual key those of the weaker part. Shown where OpenSSH shows bits.</summary>
    public int StrengthBits => Scheme switch
    {
        SignatureScheme.MlDsa65 or SignatureScheme.SlhDsaShake192s or SignatureScheme.MlDsa65SlhDsa192s => 192,
        SignatureScheme.Falcon1024 or SignatureScheme.MlDsa87 or SignatureScheme.SlhDsaShake256s
            or SignatureScheme.Falcon1024SlhDsa256s or SignatureScheme.MlDsa87SlhDsa256s => 256,
        _ => 128,
    };

    /// <summary>Null when this build cannot compute the scheme: such a key is kept and shown, but never matches anything.</summary>
    public SignatureAlgorithm? Algorithm => SignatureAlgorithm.Find(Scheme);

    /// <summary>The scheme's own public key.</summary>
    public ReadOnlySpan<byte> Bytes => _blob.AsSpan(_blob.Length - _entry.PublicKeySize);

    public ReadOnlySpan<byte> Blob => _blob;

    public string Fingerprint => Identity.Fingerprint.Of(_blob);

    /// <returns>Null: the scheme has no code or the length is not the scheme's.</returns>
    public static PublicKey? TryCreate(SignatureScheme scheme, ReadOnlySpan<byte> key)
    {
        SignatureEntry? entry = SignatureRegistry.Find(scheme);
        return entry is null || key.Length != entry.PublicKeySize ? null : new PublicKey(entry, KeyBlob.Encode(entry, key));
    }

    public static PublicKey Of(SigningKey key) => TryCreate(key.Algorithm.Scheme, key.PublicKey)!;

    public static PublicKey? TryDecode(ReadOnlySpan<byte> blob) =>
        KeyBlob.TryDecode(blob, out SignatureEntry? entry, out _) ? new PublicKey(entry!, blob.ToArray()) : null;

    /// <summary>Reads <c>type base64 [comment]</c>. For the reason of a refusal see <see cref="PublicKeyLine"/>.</summary>
    public static bool TryParseLine(ReadOnlySpan<char> line, out PublicKey? key, out string comment)
    {
        PublicKeyLine parsed = PublicKeyLine.Parse(line);
        key = parsed.Key;
        comment = parsed.Comment;
        return key is not null;
    }

    public string ToLine(string comment = "")
    {
        string line = $"{TypeName} {Convert.ToBase64String(_blob)}";
        return comment.Length > 0 ? $"{line} {KeyComment.Clean(comment)}" : line;
    }

    public bool Equals(PublicKey? other) => other is not null && _blob.AsSpan().SequenceEqual(other._blob);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_blob);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{TypeName} {Fingerprint}";
}

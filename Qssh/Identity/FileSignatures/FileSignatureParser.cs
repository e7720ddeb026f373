using System.Text;
using Qssh.Errors;
using Qssh.Secrets;
using Qssh.Wire;

namespace Qssh.Identity.FileSignatures;

/// <summary>Reads signature files, in their one spelling only; anything else is refused with the reason.</summary>
internal static class FileSignatureParser
{
    /// <exception cref="FailureException">The text is no signature of ours.</exception>
    public static FileSignature Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length > FileSignatureFormat.MaxFileSize)
            throw Fault("too large for a signature");
        if (!text.StartsWith(FileSignatureFormat.Begin))
            throw Fault(ForeignReason(text));
        using SecretBuffer content = Armour.Decode(text, FileSignatureFormat.Begin, FileSignatureFormat.End) ?? throw Damaged();
        try
        {
            return ReadContent(content.Span);
        }
        catch (ProtocolException)
        {
            throw Damaged();
        }
    }

    private static FileSignature ReadContent(ReadOnlySpan<byte> content)
    {
        WireReader reader = new(content);
        reader.Expect(FileSignatureFormat.Magic, "magic");
        CheckVersion(reader.U32());
        ReadOnlySpan<byte> blob = reader.ByteString16();
        ReadOnlySpan<byte> space = reader.ByteString8();
        if (!reader.ByteString8().IsEmpty)
            throw Fault("the reserved field is not empty");
        ReadOnlySpan<byte> hash = reader.ByteString8();
        ReadOnlySpan<byte> header = content[..^reader.Remaining.Length];
        ReadOnlySpan<byte> inner = reader.ByteString16();
        reader.ExpectEnd();

        PublicKey key = PublicKey.TryDecode(blob) ?? throw Fault("the public key is damaged or of an unknown type");
        string hashName = Encoding.UTF8.GetString(hash);
        if (!PayloadHash.IsKnown(hashName))
            throw Fault("unknown hash algorithm; known are sha512 and sha256");
        return new FileSignature(key, ReadNamespace(space), hashName, header, ReadSignature(inner, key));
    }

    private static void CheckVersion(uint version)
    {
        if (version == FileSignatureFormat.OpenSshVersion)
            throw Fault("it was made by a key of OpenSSH, which is classical and is not accepted; ssh-keygen can check it");
        if (version != FileSignatureFormat.Version)
            throw Fault($"signature format version {version:x8} is not known to this program");
    }

    private static string ReadNamespace(ReadOnlySpan<byte> bytes)
    {
        string space = Encoding.UTF8.GetString(bytes);
        return FileSignature.NamespaceFault(space) is { } fault ? throw Fault(fault) : space;
    }

    /// <summary>The type stands in the key and once more here: both must agree, and the length must be the type's.</summary>
    private static ReadOnlySpan<byte> ReadSignature(ReadOnlySpan<byte> inner, PublicKey key)
    {
        WireReader reader = new(inner);
        ReadOnlySpan<byte> type = reader.ByteString8();
        ReadOnlySpan<byte> signature = reader.ByteString16();
        reader.ExpectEnd();
        if (!type.SequenceEqual(Encoding.ASCII.GetBytes(key.TypeName)))
            throw Fault("the signature is of another type than the key");
        if (key.Algorithm is not { } algorithm)
            throw Fault($"{key.TypeName} signatures are not supported by this build");
        return signature.Length == algorithm.SignatureSize ? signature : throw Fault($"the length is not that of a {key.TypeName} signature");
    }

    private static string ForeignReason(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return "the file is empty";
        return text.StartsWith("-----BEGIN PGP"u8) ? "it is a signature of OpenPGP" : "missing header";
    }

    private static FailureException Damaged() => Fault("it is damaged or cut short");

    private static FailureException Fault(string reason) => new($"Couldn't parse signature: {reason}");
}

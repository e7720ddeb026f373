using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Schedule;
using Qssh.Wire;

namespace Qssh.Identity.FileSignatures;

/// <summary>A detached signature of content that is not part of it (<see cref="FileSignatureFormat"/>).</summary>
internal sealed class FileSignature
{
    private readonly byte[] _header;
    private readonly byte[] _signature;

    /// <param name="header">All of the envelope that stands before the signature; it is signed as it is.</param>
    internal FileSignature(PublicKey key, string space, string hashName, ReadOnlySpan<byte> header, ReadOnlySpan<byte> signature)
    {
        Key = key;
        Namespace = space;
        HashName = hashName;
        _header = header.ToArray();
        _signature = signature.ToArray();
    }

    public PublicKey Key { get; }

    /// <summary>What the signature is for, such as "git" or "file": one made for one purpose says nothing about another.</summary>
    public string Namespace { get; }

    public string HashName { get; }

    /// <summary>Why it can be no namespace; null: it can.</summary>
    public static string? NamespaceFault(string space)
    {
        if (space.Length == 0)
            return "the namespace is empty";
        if (Encoding.UTF8.GetByteCount(space) > FileSignatureFormat.MaxNamespace)
            return $"the namespace is longer than {FileSignatureFormat.MaxNamespace} bytes";
        foreach (Rune rune in space.EnumerateRunes())
        {
            // A lone half of a character comes as the replacement character, as do bytes that are no text.
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
                return "the namespace contains control characters or is not text";
        }

        return null;
    }

    /// <param name="digest">Of the content, by <paramref name="hashName"/>.</param>
    public static FileSignature Sign(SigningKey key, string space, string hashName, ReadOnlySpan<byte> digest)
    {
        PublicKey identity = PublicKey.Of(key);
        byte[] header = Header(identity, space, hashName);
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(Message(header, digest), signature);
        return new FileSignature(identity, space, hashName, header, signature);
    }

    /// <param name="digest">Of the content, by <see cref="HashName"/>.</param>
    public bool Verify(ReadOnlySpan<byte> digest) => Key.Algorithm is { } algorithm && algorithm.Verify(Key.Bytes, Message(_header, digest), _signature);

    /// <summary>The text of the file.</summary>
    public byte[] Encode()
    {
        byte[] type = Encoding.ASCII.GetBytes(Key.TypeName);
        int inner = 1 + type.Length + 2 + _signature.Length;
        byte[] content = new byte[_header.Length + 2 + inner];
        WireWriter writer = new(content);
        writer.WriteBytes(_header);
        writer.WriteU16((ushort)inner);
        writer.WriteByteString8(type);
        writer.WriteByteString16(_signature);
        return Armour.Encode(content, FileSignatureFormat.Begin, FileSignatureFormat.End);
    }

    private static byte[] Header(PublicKey key, string space, string hashName)
    {
        byte[] name = Encoding.UTF8.GetBytes(space), hash = Encoding.ASCII.GetBytes(hashName);
        byte[] header = new byte[FileSignatureFormat.Magic.Length + 4 + 2 + key.Blob.Length + 1 + name.Length + 1 + 1 + hash.Length];
        WireWriter writer = new(header);
        writer.WriteBytes(FileSignatureFormat.Magic);
        writer.WriteU32(FileSignatureFormat.Version);
        writer.WriteByteString16(key.Blob);
        writer.WriteByteString8(name);
        writer.WriteByteString8([]);
        writer.WriteByteString8(hash);
        return header;
    }

    private static byte[] Message(byte[] header, ReadOnlySpan<byte> digest) =>
        [.. Labels.Proof.File, 0, .. header, (byte)digest.Length, .. digest];
}

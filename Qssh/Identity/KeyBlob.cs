using System.Buffers.Binary;
using System.Text;
using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>
/// The public key as bytes, in key lines and key files (docs/formats.md, "Key blob"):
/// <code>
/// type   b8    name of the scheme, ASCII
/// key    b16   public key of the scheme
/// </code>
/// Nothing follows. Fingerprints are taken over it, so the type is part of what is compared.
/// </summary>
internal static class KeyBlob
{
    /// <summary>The largest scheme known, with room for the name.</summary>
    public const int MaxSize = 1 + 64 + 2 + MaxKeySize;

    private const int MaxKeySize = 2656;

    public static byte[] Encode(SignatureEntry scheme, ReadOnlySpan<byte> key)
    {
        byte[] blob = new byte[1 + scheme.Name.Length + 2 + key.Length];
        blob[0] = (byte)scheme.Name.Length;
        Encoding.ASCII.GetBytes(scheme.Name, blob.AsSpan(1));
        BinaryPrimitives.WriteUInt16BigEndian(blob.AsSpan(1 + scheme.Name.Length), (ushort)key.Length);
        key.CopyTo(blob.AsSpan(1 + scheme.Name.Length + 2));
        return blob;
    }

    /// <summary>False: not one whole blob, a scheme without a code, or a key of the wrong length for its scheme.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> blob, out SignatureEntry? scheme, out ReadOnlySpan<byte> key)
    {
        scheme = null;
        key = default;
        if (blob.Length is < 1 or > MaxSize || blob.Length < 1 + blob[0] + 2)
            return false;

        ReadOnlySpan<byte> name = blob.Slice(1, blob[0]);
        ReadOnlySpan<byte> rest = blob[(1 + name.Length)..];
        key = rest[2..];
        if (!Ascii.IsValid(name) || BinaryPrimitives.ReadUInt16BigEndian(rest) != key.Length)
            return false;
        scheme = SignatureRegistry.FindByName(Encoding.ASCII.GetString(name));
        return scheme is not null && key.Length == scheme.PublicKeySize;
    }
}

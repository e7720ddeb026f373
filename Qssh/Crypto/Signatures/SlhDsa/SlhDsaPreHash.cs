using Qssh.Crypto.Hashes;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>The hash functions of HashSLH-DSA (FIPS 205, section 10.2.2), with the object identifiers that name them in M'.</summary>
internal sealed class SlhDsaPreHash
{
    /// <summary>Identifier and digest.</summary>
    public const int LargestSize = OidSize + Sha512.Size;

    private const int OidSize = 11;

    private static readonly SlhDsaPreHash[] s_all =
    [
        new("SHA2-256", 1, Sha256.Size, Sha256.Hash),
        new("SHA2-384", 2, Sha384.Size, Sha384.Hash),
        new("SHA2-512", 3, Sha512.Size, Sha512.Hash),
        new("SHA2-224", 4, Sha224.Size, Sha224.Hash),
        new("SHA2-512/224", 5, Sha512Truncated.Size224, Sha512Truncated.Hash224),
        new("SHA2-512/256", 6, Sha512Truncated.Size256, Sha512Truncated.Hash256),
        new("SHA3-224", 7, Sha3.Size224, Sha3.Hash224),
        new("SHA3-256", 8, Sha3.Size256, Sha3.Hash256),
        new("SHA3-384", 9, Sha3.Size384, Sha3.Hash384),
        new("SHA3-512", 10, Sha3.Size512, Sha3.Hash512),
        new("SHAKE-128", 11, 32, Shake128.Hash),
        new("SHAKE-256", 12, 64, Shake256.Hash),
    ];

    private readonly byte _identifier;
    private readonly int _digestSize;
    private readonly HashFunction _hash;

    private SlhDsaPreHash(string name, byte identifier, int digestSize, HashFunction hash)
    {
        Name = name;
        _identifier = identifier;
        _digestSize = digestSize;
        _hash = hash;
    }

    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> hash);

    /// <summary>As in the protocols of NIST's validation program.</summary>
    public string Name { get; }

    /// <summary>DER of 2.16.840.1.101.3.4.2, to be followed by the number of the function.</summary>
    private static ReadOnlySpan<byte> HashAlgorithms => [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];

    public static SlhDsaPreHash? FindByName(string name)
    {
        foreach (SlhDsaPreHash preHash in s_all)
        {
            if (preHash.Name == name)
                return preHash;
        }

        return null;
    }

    /// <summary>OID || PH(M).</summary>
    /// <returns>Number of bytes written.</returns>
    public int Write(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        HashAlgorithms.CopyTo(destination);
        destination[OidSize - 1] = _identifier;
        _hash(message, destination.Slice(OidSize, _digestSize));
        return OidSize + _digestSize;
    }
}

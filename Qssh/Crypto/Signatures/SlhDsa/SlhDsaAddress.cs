using System.Buffers.Binary;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// ADRS (FIPS 205, sections 4.2 and 4.3). The standard's 32 bytes, big-endian, kept as four little-endian words, because that is how
/// a sponge takes them:
/// <code>
/// word  bytes  content
/// 0     0-7    layer (4), tree, highest part (4): always 0
/// 1     8-15   tree
/// 2     16-23  type (4), key pair (4)
/// 3     24-31  chain or tree height (4), hash or tree index (4)
/// </code>
/// </summary>
internal struct SlhDsaAddress
{
    public const int Words = 4;

    /// <summary>Size of ADRS^c (FIPS 205, section 11.2).</summary>
    public const int CompressedSize = 22;

    public SlhDsaAddress(int layer, ulong tree)
    {
        Word0 = BigEndian((uint)layer);
        Word1 = BinaryPrimitives.ReverseEndianness(tree);
    }

    public ulong Word0 { get; }

    public ulong Word1 { get; }

    public ulong Word2 { get; private set; }

    public ulong Word3 { get; private set; }

    /// <summary>setTypeAndClear, then setKeyPairAddress.</summary>
    public void SetType(SlhDsaAddressType type, uint keyPair)
    {
        Word2 = BigEndian((uint)type) | (BigEndian(keyPair) << 32);
        Word3 = 0;
    }

    /// <summary>setChainAddress, with hash address 0.</summary>
    public void SetChain(uint chain) => Word3 = BigEndian(chain);

    /// <summary>setHashAddress.</summary>
    public void SetHash(uint hash) => Word3 = (uint)Word3 | (BigEndian(hash) << 32);

    /// <summary>setTreeHeight and setTreeIndex.</summary>
    public void SetNode(uint height, uint index) => Word3 = BigEndian(height) | (BigEndian(index) << 32);

    /// <summary>ADRS^c: the bytes 3, 8 to 15, 19 and 20 to 31 of ADRS.</summary>
    public readonly void WriteCompressed(Span<byte> destination)
    {
        destination[0] = (byte)(Word0 >> 24);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[1..], Word1);
        destination[9] = (byte)(Word2 >> 24);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[10..], (uint)(Word2 >> 32));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[14..], Word3);
    }

    private static ulong BigEndian(uint value) => BinaryPrimitives.ReverseEndianness(value);
}

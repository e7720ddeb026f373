using System.Buffers.Binary;
using Qssh.Crypto.Signatures.SlhDsa;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

public sealed class SlhDsaAddressTests
{
    [Fact]
    public void Words_are_the_bytes_of_the_standard()
    {
        SlhDsaAddress address = new(0x15, 0x0102030405060708);
        address.SetType(SlhDsaAddressType.WotsPrf, 0x1FF);
        address.SetChain(0x42);
        address.SetHash(0x0E);
        Assert.Equal("00000015000000000102030405060708" + "00000005000001ff000000420000000e", Hex(address));
        Assert.Equal("15010203040506070805000001ff000000420000000e", CompressedHex(address));
    }

    [Fact]
    public void A_new_type_clears_what_follows_it()
    {
        SlhDsaAddress address = new(1, 2);
        address.SetType(SlhDsaAddressType.ForsTree, 3);
        address.SetNode(0x0C, 0x00ABCDEF);
        Assert.Equal("00000001000000000000000000000002" + "00000003000000030000000c00abcdef", Hex(address));
        address.SetType(SlhDsaAddressType.ForsRoots, 4);
        Assert.Equal("00000001000000000000000000000002" + "00000004000000040000000000000000", Hex(address));
    }

    [Fact]
    public void Hash_replaces_hash_and_keeps_the_chain()
    {
        SlhDsaAddress address = default;
        address.SetChain(9);
        address.SetHash(7);
        address.SetHash(8);
        Assert.EndsWith("0000000900000008", Hex(address));
    }

    private static string Hex(SlhDsaAddress address)
    {
        byte[] bytes = new byte[32];
        int at = 0;
        foreach (ulong word in (ulong[])[address.Word0, address.Word1, address.Word2, address.Word3])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), word);
            at += sizeof(ulong);
        }

        return Convert.ToHexStringLower(bytes);
    }

    private static string CompressedHex(SlhDsaAddress address)
    {
        byte[] bytes = new byte[SlhDsaAddress.CompressedSize];
        address.WriteCompressed(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

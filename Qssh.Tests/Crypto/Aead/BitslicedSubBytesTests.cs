using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

public sealed class BitslicedSubBytesTests
{
    // FIPS 197, section 5.1.1: the inverse in GF(2^8), then b XOR its rotations by 1 to 4, XOR 63.
    [Fact]
    public void Circuit_is_the_s_box_for_each_byte()
    {
        byte[] bytes = new byte[128];
        Span<Vector128<byte>> planes = MemoryMarshal.Cast<byte, Vector128<byte>>(bytes.AsSpan());
        for (int half = 0; half < 256; half += bytes.Length)
        {
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)(half + i);
            BitslicedAes.Transpose(ref planes[0]);
            BitslicedSubBytes.Apply(ref planes[0]);
            BitslicedAes.Transpose(ref planes[0]);
            for (int i = 0; i < bytes.Length; i++)
                Assert.Equal(SBox((byte)(half + i)), bytes[i]);
        }
    }

    // FIPS 197, appendix A.3.
    [Fact]
    public void Key_expansion_example()
    {
        byte[] roundKeys = new byte[AesKeyExpansion.RoundKeysSize];
        AesKeyExpansion.Expand(Convert.FromHexString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), roundKeys);
        Assert.Equal("9ba35411", Convert.ToHexStringLower(roundKeys.AsSpan(8 * 4, 4)));
        Assert.Equal("706c631e", Convert.ToHexStringLower(roundKeys.AsSpan(59 * 4, 4)));
    }

    private static byte SBox(byte value)
    {
        byte inverse = 0;
        for (int candidate = 1; candidate < 256 && value != 0; candidate++)
        {
            if (Multiply(value, (byte)candidate) == 1)
                inverse = (byte)candidate;
        }

        int doubled = inverse | (inverse << 8);
        return (byte)(inverse ^ (doubled >> 4) ^ (doubled >> 5) ^ (doubled >> 6) ^ (doubled >> 7) ^ 0x63);
    }

    private static byte Multiply(int left, int right)
    {
        int product = 0;
        for (; right != 0; right >>= 1)
        {
            product ^= (right & 1) * left;
            left = (left << 1) ^ ((left >> 7) * 0x11B);
        }

        return (byte)product;
    }
}

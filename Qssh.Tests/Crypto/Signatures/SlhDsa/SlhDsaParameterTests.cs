using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.SlhDsa;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

public sealed class SlhDsaParameterTests
{
    /// <summary>FIPS 205, table 2: m, bytes of a public key, bytes of a signature; for both families.</summary>
    [Theory]
    [InlineData("128s", 30, 32, 7856)]
    [InlineData("128f", 34, 32, 17088)]
    [InlineData("192s", 39, 48, 16224)]
    [InlineData("192f", 42, 48, 35664)]
    [InlineData("256s", 47, 64, 29792)]
    [InlineData("256f", 49, 64, 49856)]
    public void Sizes_follow_as_in_the_standard(string set, int m, int publicKeySize, int signatureSize)
    {
        foreach (string family in (string[])["SHA2", "SHAKE"])
        {
            SlhDsaParameters parameters = SlhDsaParameters.FindByName($"SLH-DSA-{family}-{set}")!;
            Assert.Equal((m, publicKeySize, signatureSize), (parameters.M, parameters.PublicKeySize, parameters.SignatureSize));
            Assert.Equal(parameters.H, parameters.D * parameters.HPrime);
            Assert.Equal(family == "SHAKE", parameters.IsShake);
            Assert.InRange(parameters.M, 0, SlhDsaParameters.LargestM);
            Assert.InRange(parameters.K, 0, SlhDsaParameters.LargestK);
            Assert.InRange(parameters.Len, 0, SlhDsaParameters.LargestLen);
        }
    }

    [Fact]
    public void There_are_twelve_and_no_other()
    {
        Assert.Equal(12, SlhDsaParameters.All.Select(parameters => parameters.Name).Distinct().Count());
        Assert.Null(SlhDsaParameters.FindByName("SLH-DSA-SHAKE-128"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlhDsaAlgorithm(SignatureScheme.MlDsa44));
    }

    [Theory]
    [InlineData(12, "fedcba9876543210", new uint[] { 0xfed, 0xcba, 0x987, 0x654, 0x321 })]
    [InlineData(6, "fedcba9876543210", new uint[] { 0x3f, 0x2d, 0x32, 0x3a, 0x26 })]
    [InlineData(14, "fedcba9876543210", new uint[] { 0x3fb7, 0x0ba9, 0x21d9, 0x1432 })]
    public void Indices_are_groups_of_bits_from_the_top(int a, string md, uint[] expected)
    {
        SlhDsaParameters parameters = SlhDsaParameters.All.First(set => set.A == a);
        byte[] digestBytes = new byte[parameters.M];
        Convert.FromHexString(md).CopyTo(digestBytes, 0);
        SlhDsaDigest digest = new(parameters, digestBytes);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], digest.ForsIndex(i));
    }

    [Fact]
    public void Tree_and_leaf_are_cut_to_their_bits()
    {
        foreach (SlhDsaParameters parameters in SlhDsaParameters.All)
        {
            byte[] digestBytes = new byte[parameters.M];
            digestBytes.AsSpan().Fill(0xFF);
            SlhDsaDigest digest = new(parameters, digestBytes);
            Assert.Equal((UInt128.One << (parameters.H - parameters.HPrime)) - 1, digest.Tree);
            Assert.Equal((1u << parameters.HPrime) - 1, digest.Leaf);
            Assert.Equal((1u << parameters.A) - 1, digest.ForsIndex(parameters.K - 1));
        }
    }

    [Fact]
    public void Digits_end_with_the_checksum()
    {
        WotsDigits low = new(new byte[16]);
        Assert.Equal((0, 0, 1, 14, 0), (low[0], low[31], low[32], low[33], low[34]));
        byte[] message = new byte[16];
        message.AsSpan().Fill(0xFF);
        WotsDigits high = new(message);
        Assert.Equal((15, 15, 0, 0, 0), (high[0], high[31], high[32], high[33], high[34]));
        message[0] = 0xA3;
        WotsDigits mixed = new(message);
        Assert.Equal((10, 3, 0, 1, 1), (mixed[0], mixed[1], mixed[32], mixed[33], mixed[34]));
    }
}

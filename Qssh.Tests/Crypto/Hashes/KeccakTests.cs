using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class KeccakTests
{
    [Fact]
    public void Sha3_256_of_nothing()
    {
        byte[] hash = new byte[32];
        Sha3.Hash256([], hash);
        Assert.Equal("A7FFC6F8BF1ED76651C14756A061D662F580FF4DE43B49FA82D80A4B80F8434A", Convert.ToHexString(hash));
    }

    [Fact]
    public void Kmac256_sample_4_of_sp_800_185()
    {
        byte[] key = Convert.FromHexString("404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F");
        byte[] mac = new byte[64];
        Kmac256.Compute(key, [0, 1, 2, 3], "My Tagged Application"u8, mac);
        Assert.StartsWith("20C570C31346F703C9AC36C61C03CB64C3970D0CFC787E9B79599D273A68D2F7", Convert.ToHexString(mac));
    }
}

using System.Security.Cryptography;
using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class Sha2AndHmacSha1Tests
{
    [Fact]
    public void Sha256AgreesWithTheSystemAtEveryLengthAroundTheBlock()
    {
        byte[] hash = new byte[32];
        for (int length = 0; length < 300; length++)
        {
            byte[] data = RandomNumberGenerator.GetBytes(length);
            Sha256.Hash(data, hash);
            Assert.Equal(SHA256.HashData(data), hash);
        }
    }

    [Fact]
    public void HmacSha1AgreesWithTheSystem()
    {
        byte[] hash = new byte[20];
        for (int length = 0; length < 200; length++)
        {
            byte[] key = RandomNumberGenerator.GetBytes(length % 65);
            byte[] data = RandomNumberGenerator.GetBytes(length);
            HmacSha1.Hash(key, data, hash);
            Assert.Equal(HMACSHA1.HashData(key, data), hash);
        }
    }
}

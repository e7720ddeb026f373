using System.Security.Cryptography;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class HkdfTests
{
    [Fact]
    public void Wycheproof_sha256() => Wycheproof<Sha256>("sha256");

    [Fact]
    public void Wycheproof_sha384() => Wycheproof<Sha384>("sha384");

    [Fact]
    public void Wycheproof_sha512() => Wycheproof<Sha512>("sha512");

    [Fact]
    public void Agrees_with_the_system_on_random_input()
    {
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            byte[] salt = new byte[random.Next(200)], key = new byte[random.Next(1, 200)], info = new byte[random.Next(200)];
            byte[] output = new byte[random.Next(1, 500)];
            random.NextBytes(salt);
            random.NextBytes(key);
            random.NextBytes(info);
            Hkdf<Sha384>.Derive(salt, key, info, output);
            Assert.Equal(HKDF.DeriveKey(HashAlgorithmName.SHA384, key, output.Length, salt, info), output);
        }
    }

    private static void Wycheproof<THash>(string name)
        where THash : struct, IHashFunction<THash>
    {
        using JsonDocument document = Vectors.Load($"hkdf/wycheproof-{name}.json");
        int count = 0;
        foreach ((JsonElement _, JsonElement test) in Vectors.Tests(document))
        {
            byte[] key = Vectors.Hex(test, "ikm"), salt = Vectors.Hex(test, "salt"), info = Vectors.Hex(test, "info");
            byte[] output = new byte[test.GetProperty("size").GetInt32()];
            if (test.GetProperty("result").GetString() == "valid")
            {
                Hkdf<THash>.Derive(salt, key, info, output);
                Assert.Equal(Vectors.Hex(test, "okm"), output);
            }
            else
                Assert.Throws<ArgumentOutOfRangeException>(() => Hkdf<THash>.Derive(salt, key, info, output));

            count++;
        }

        Assert.Equal(51, count);
    }
}

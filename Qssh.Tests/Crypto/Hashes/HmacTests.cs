using System.Security.Cryptography;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class HmacTests
{
    [Fact]
    public void Wycheproof_sha256() => Wycheproof<Sha256>("sha256");

    [Fact]
    public void Wycheproof_sha384() => Wycheproof<Sha384>("sha384");

    [Fact]
    public void Wycheproof_sha512() => Wycheproof<Sha512>("sha512");

    [Fact]
    public void Wycheproof_sha3_256() => Wycheproof<Sha3Hash256>("sha3-256");

    [Fact]
    public void Agree_with_the_system_for_each_key_length()
    {
        Random random = new(1);
        for (int length = 0; length < 300; length++)
        {
            byte[] key = new byte[length], data = new byte[300 - length];
            random.NextBytes(key);
            random.NextBytes(data);
            Assert.Equal(HMACSHA256.HashData(key, data), Compute<Sha256>(key, data));
            Assert.Equal(HMACSHA384.HashData(key, data), Compute<Sha384>(key, data));
            Assert.Equal(HMACSHA512.HashData(key, data), Compute<Sha512>(key, data));
            byte[] sha1 = new byte[HmacSha1.Size];
            HmacSha1.Hash(key, data, sha1);
            Assert.Equal(HMACSHA1.HashData(key, data), sha1);
        }
    }

    [Fact]
    public void A_keyed_copy_starts_a_new_message()
    {
        Hmac<Sha512> keyed = new("key"u8);
        foreach (string message in (string[])["one", "two", ""])
        {
            Hmac<Sha512> hmac = keyed;
            byte[] data = System.Text.Encoding.ASCII.GetBytes(message), mac = new byte[64];
            hmac.Update(data.AsSpan(0, data.Length / 2));
            hmac.Update(data.AsSpan(data.Length / 2));
            hmac.Finish(mac);
            Assert.Equal(HMACSHA512.HashData("key"u8, data), mac);
        }
    }

    private static void Wycheproof<THash>(string name)
        where THash : struct, IHashFunction<THash>
    {
        using JsonDocument document = Vectors.Load($"hmac/wycheproof-{name}.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            byte[] mac = Compute<THash>(Vectors.Hex(test, "key"), Vectors.Hex(test, "msg"));
            bool equal = ConstantTime.AreEqual(mac.AsSpan(0, group.GetProperty("tagSize").GetInt32() / 8), Vectors.Hex(test, "tag"));
            Assert.Equal(test.GetProperty("result").GetString() == "valid", equal);
            count++;
        }

        Assert.Equal(141, count);
    }

    private static byte[] Compute<THash>(byte[] key, byte[] data)
        where THash : struct, IHashFunction<THash>
    {
        byte[] mac = new byte[THash.HashSize];
        Hmac<THash>.Compute(key, data, mac);
        return mac;
    }
}

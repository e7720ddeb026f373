using System.Text;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

/// <summary>KMAC128, KMAC256 and their XOF forms against published and generated vectors, broken tags included.</summary>
public sealed class KmacVectorTests
{
    [Theory]
    [InlineData("kmac/sp800-185.json", 12, 0)]
    [InlineData("kmac/generated.json", 40, 0)]
    [InlineData("kmac/acvp-kmac.json", 2, 1)]
    public void Samples(string file, int cases, int broken)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        int refused = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            byte[] expected = Vectors.Hex(test, "mac");
            byte[] mac = Compute(group.GetProperty("function").GetString()!, group.GetProperty("xof").GetBoolean(), test, expected.Length);
            bool valid = !test.TryGetProperty("testPassed", out JsonElement passed) || passed.GetBoolean();
            Assert.Equal(valid, expected.AsSpan().SequenceEqual(mac));
            count++;
            refused += valid ? 0 : 1;
        }

        Assert.Equal((cases, broken), (count, refused));
    }

    [Theory]
    [InlineData("kmac/wycheproof-kmac128.json", "KMAC-128", 136, 96)]
    [InlineData("kmac/wycheproof-kmac256.json", "KMAC-256", 187, 147)]
    public void Wycheproof(string file, string function, int cases, int broken)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        int refused = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            byte[] mac = Compute(function, false, test, group.GetProperty("tagSize").GetInt32() / 8);
            bool valid = test.GetProperty("result").GetString() == "valid";
            Assert.Equal(valid, Vectors.Hex(test, "tag").AsSpan().SequenceEqual(mac));
            count++;
            refused += valid ? 0 : 1;
        }

        Assert.Equal((cases, broken), (count, refused));
    }

    private static byte[] Compute(string function, bool xof, JsonElement test, int length)
    {
        byte[] mac = new byte[length], key = Vectors.Hex(test, "key"), message = Vectors.Hex(test, "msg");
        byte[] customization = Vectors.Hex(test, "customizationHex");
        if (customization.Length == 0 && test.TryGetProperty("customization", out JsonElement text))
            customization = Encoding.ASCII.GetBytes(text.GetString()!);
        switch (function, xof)
        {
            case ("KMAC-128", false): Kmac.Compute128(key, message, customization, mac); break;
            case ("KMAC-128", true): Kmac.Xof128(key, message, customization, mac); break;
            case ("KMAC-256", false): Kmac256.Compute(key, message, customization, mac); break;
            default: Kmac.Xof256(key, message, customization, mac); break;
        }

        return mac;
    }
}

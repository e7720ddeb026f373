using System.Text;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

/// <summary>SHA-3, SHAKE and cSHAKE against the published vectors; the 1 GiB cases are left to longer runs.</summary>
public sealed class Sha3VectorTests
{
    [Fact]
    public void Keccak_team_answers()
    {
        using JsonDocument document = Vectors.Load("sha3/keccak-kat.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            byte[] expected = Vectors.Hex(test, "md");
            Assert.Equal(expected, Hash(Function(group), test, Vectors.Hex(test, "msg"), expected.Length));
            count++;
        }

        Assert.Equal(224, count);
    }

    [Theory]
    [InlineData("sha3/acvp-sha3.json", 51)]
    [InlineData("sha3/acvp-shake.json", 62)]
    [InlineData("sha3/acvp-cshake.json", 4)]
    public void Acvp_messages_and_output_lengths(string file, int cases)
    {
        using JsonDocument document = Vectors.Load(file);
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("testType").GetString() is "MCT" or "LDT")
                continue;
            byte[] expected = Vectors.Hex(test, "md");
            Assert.Equal(expected, Hash(Function(group), test, Vectors.Hex(test, "msg"), expected.Length));
            count++;
        }

        Assert.Equal(cases, count);
    }

    [Fact]
    public void Acvp_sha3_monte_carlo()
    {
        using JsonDocument document = Vectors.Load("sha3/acvp-sha3.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("testType").GetString() != "MCT")
                continue;
            byte[] digest = Vectors.Hex(test, "msg");
            foreach (JsonElement round in test.GetProperty("resultsArray").EnumerateArray())
            {
                for (int i = 0; i < 1000; i++)
                    digest = Hash(Function(group), test, digest, digest.Length);
                Assert.Equal(Vectors.Hex(round, "md"), digest);
            }

            count++;
        }

        Assert.Equal(3, count);
    }

    [Fact]
    public void Acvp_shake_monte_carlo()
    {
        using JsonDocument document = Vectors.Load("sha3/acvp-shake.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("testType").GetString() != "MCT")
                continue;
            int minimum = group.GetProperty("minOutLen").GetInt32() / 8, maximum = group.GetProperty("maxOutLen").GetInt32() / 8;
            byte[] output = Vectors.Hex(test, "msg");
            int length = maximum;
            foreach (JsonElement round in test.GetProperty("resultsArray").EnumerateArray())
            {
                for (int i = 0; i < 1000; i++)
                {
                    byte[] input = new byte[16];
                    output.AsSpan(0, Math.Min(16, output.Length)).CopyTo(input);
                    output = Hash(Function(group), test, input, length);
                    length = minimum + (((output[^2] << 8) | output[^1]) % (maximum - minimum + 1));
                }

                Assert.Equal(Vectors.Hex(round, "md"), output);
            }

            count++;
        }

        Assert.Equal(2, count);
    }

    private static string Function(JsonElement group) => group.GetProperty("function").GetString()!.Replace("SHAKE-", "SHAKE");

    private static byte[] Hash(string function, JsonElement test, byte[] message, int length)
    {
        byte[] output = new byte[length];
        switch (function)
        {
            case "SHA3-256": Sha3.Hash256(message, output); break;
            case "SHA3-384": Sha3.Hash384(message, output); break;
            case "SHA3-512": Sha3.Hash512(message, output); break;
            case "SHAKE128": Shake128.Hash(message, output); break;
            case "SHAKE256": Shake256.Hash(message, output); break;
            case "cSHAKE128": Finish(CShake.Start128(Text(test, "functionName"), Text(test, "customization")), message, output); break;
            case "cSHAKE256": Finish(CShake.Start256(Text(test, "functionName"), Text(test, "customization")), message, output); break;
            default: Assert.Fail($"unknown function {function}"); break;
        }

        return output;
    }

    private static byte[] Text(JsonElement test, string name) => Encoding.ASCII.GetBytes(test.GetProperty(name).GetString()!);

    private static void Finish(Keccak sponge, byte[] message, byte[] output)
    {
        sponge.Absorb(message);
        sponge.Squeeze(output);
    }
}

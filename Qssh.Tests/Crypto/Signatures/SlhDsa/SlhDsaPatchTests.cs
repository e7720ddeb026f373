using System.Text.Json;
using Qssh.Crypto.Signatures.SlhDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

/// <summary>One signature of NIST for each set, whole and with one thing broken at a time.</summary>
public sealed class SlhDsaPatchTests
{
    public static TheoryData<string> Names => [.. SlhDsaParameters.All.Select(parameters => parameters.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_whole_signature_verifies(string name)
    {
        int valid = 0;
        int invalid = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("slhdsa/sigver.json")))
        {
            if (group.GetProperty("parameterSet").GetString() != name)
                continue;
            bool expected = test.GetProperty("testPassed").GetBoolean();
            Assert.True(Verify(group, test) == expected, $"case {test.GetProperty("tcId")}: {test.GetProperty("comment")}");
            _ = expected ? valid++ : invalid++;
        }

        Assert.Equal(1, valid);
        Assert.True(invalid > 30);
    }

    private static bool Verify(JsonElement group, JsonElement test)
    {
        Dictionary<string, byte[]> fields = new[] { "pk", "context", "message", "signature" }.ToDictionary(name => name, name => Vectors.Hex(group, name));
        foreach (JsonElement patch in test.GetProperty("patch").EnumerateArray())
        {
            string field = patch.GetProperty("field").GetString()!;
            fields[field] = Apply(patch, fields[field]);
        }

        return SlhDsaFunctions.Verify(SlhDsaCase.Parameters(group), fields["pk"], fields["context"], fields["message"], fields["signature"]);
    }

    private static byte[] Apply(JsonElement patch, byte[] value)
    {
        if (patch.TryGetProperty("set", out JsonElement set))
            return Vectors.Hex(set);
        if (patch.TryGetProperty("append", out JsonElement append))
            return [.. value, .. Vectors.Hex(append)];
        if (patch.TryGetProperty("truncate", out JsonElement truncate))
            return value[..^truncate.GetInt32()];
        int offset = patch.GetProperty("offset").GetInt32();
        byte[] changed = [.. value];
        foreach (byte bits in Vectors.Hex(patch.GetProperty("xor")))
            changed[offset++] ^= bits;
        return changed;
    }
}

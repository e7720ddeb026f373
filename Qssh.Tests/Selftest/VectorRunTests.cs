using System.Text;
using System.Text.Json.Nodes;
using Qssh.Selftest.Vectors;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Selftest;

/// <summary>Files of vectors are run, and what is wrong in them is found.</summary>
public sealed class VectorRunTests
{
    /// <summary>Family, a file of it, and the outputs of which one digit is changed.</summary>
    public static TheoryData<string, string> Families => new()
    {
        { "sha2/acvp-sha2.json", "md" },
        { "sha3/keccak-kat.json", "md" },
        { "kmac/sp800-185.json", "mac" },
        { "hmac/wycheproof-sha256.json", "tag" },
        { "hkdf/wycheproof-sha512.json", "okm" },
        { "aesgcm/wycheproof.json", "tag" },
        { "chacha20poly1305/wycheproof.json", "tag" },
        { "argon2id/argon2id.json", "tag" },
        { "x25519/wycheproof.json", "shared" },
        { "mlkem/acvp-keygen.json", "dk" },
        { "mlkem/wycheproof-768-encaps.json", "c" },
        { "xwing/xwing.json", "ss" },
        { "chkem/generated.json", "shared_secret" },
        { "mldsa/acvp-keygen.json", "pk" },
        { "mldsa/acvp-siggen.json", "signatureSha256" },
        { "mldsa/wycheproof-44-verify.json", "sig" },
        { "slhdsa/acvp-keygen.json", "pk" },
        { "slhdsa/acvp-sigver.json", "signature" },
        { "falcon/kat-512.json", "sm" },
        { "falcon/verify.json", "signature" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_flipped_digit_is_told_with_file_group_and_case(string file, string field)
    {
        using TempDirectory directory = new();
        (int group, string number) = WriteOne(file, field, Path.Combine(directory.Path, "whole.json"), Path.Combine(directory.Path, "flipped.json"));
        VectorRun run = new(directory.Path, false);
        Assert.Null(run.Find());
        FileVerdict flipped = run.Run(run.Files[0]), whole = run.Run(run.Files[1]);
        Assert.Equal((1, 0, null), (whole.Passed, whole.Failed, whole.Problem));
        Assert.Equal(("flipped.json", 0, 1), (flipped.Path, flipped.Passed, flipped.Failed));
        Assert.Equal((group, number), (flipped.Failures[0].Group, flipped.Failures[0].Case));
    }

    [Theory]
    [InlineData("mlkem/cctv-intermediate-768.txt", 1)]
    [InlineData("protocol/vectors.json", 7)]
    [InlineData("chkem/quantum-go-vectors.json", 4)]
    [InlineData("mlkem/wycheproof-768-decaps.json", 72)]
    [InlineData("mldsa/wycheproof-65-verify.json", 143)]
    [InlineData("hkdf/wycheproof-sha384.json", 51)]
    [InlineData("sha3/acvp-shake.json", 64)]
    public void Whole_files_pass(string file, int passed)
    {
        string path = Vectors.FullPath(file);
        FileVerdict verdict = new VectorRun(path, false).Run(path);
        Assert.Equal((passed, 0, null), (verdict.Passed, verdict.Failed, verdict.Problem));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "unknown shape")]
    [InlineData("{\"algorithm\":\"ROT13\",\"testGroups\":[]}", "algorithm \"ROT13\" is unknown")]
    [InlineData("{\"algorithm\":\"X25519\",\"testGroups\":5}", "\"testGroups\" is not a list")]
    [InlineData("{\"algorithm\":\"X25519\",\"testGroups\":[{\"type\":\"scalarMult\"}]}", "group 1 has no list")]
    [InlineData("{\"algorithm\":\"X25519\",\"testGroups\":[{\"type\":\"scalarMult\",\"tests\":[{\"tcId\":7}]}]}", "group 1, case 7: \"scalar\" is missing")]
    [InlineData("{\"algorithm\":\"X25519\",\"testGroups\":[{\"type\":\"scalarMult\",\"tests\":[{\"scalar\":\"0g\"}]}]}", "case 1: \"scalar\" is not a string of hex digits")]
    [InlineData("{\"algorithm\":\"X25519\",\"testGroups\":[{\"type\":\"scalarMult\",\"tests\":[{\"scalar\":\"00\"}]}]}", "\"scalar\" is not 32 bytes")]
    [InlineData("{\"algorithm\":\"Falcon\",\"testGroups\":[{\"type\":\"nistKat\",\"parameterSet\":\"Falcon-512\",\"tests\":[{\"keygenSeed\":\"\"}]}]}", "\"sk\" is missing")]
    [InlineData("{\"algorithm\":\"HKDF-SHA-256\",\"testGroups\":[{\"tests\":[{\"size\":-1,\"result\":\"valid\"}]}]}", "\"size\" is not a number")]
    [InlineData("{\"algorithm\":\"HKDF-SHA-256\",\"testGroups\":[{\"tests\":[{\"size\":1,\"result\":\"perhaps\"}]}]}", "\"result\" is none of")]
    public void Foreign_shapes_are_told_and_do_not_crash(string text, string problem)
    {
        FileVerdict verdict = new("a.json");
        VectorFile.Run(Encoding.UTF8.GetBytes(text), false, false, verdict);
        Assert.Contains(problem, verdict.Problem);
        Assert.Equal((0, 0), (verdict.Passed, verdict.Failed));
    }

    [Fact]
    public void Hostile_argon2_parameters_take_no_memory()
    {
        FileVerdict verdict = new("a.json");
        VectorFile.Run(
            """{"algorithm":"Argon2id","testGroups":[{"tests":[{"password":"","salt":"0000000000000000","memoryKiB":2147483647,"passes":2147483647,"lanes":1,"tagLen":32,"tag":""}]}]}"""u8.ToArray(),
            false,
            false,
            verdict);
        Assert.Equal((1, null), (verdict.Skipped, verdict.Problem));
    }

    [Fact]
    public void Only_regular_files_of_the_right_names_are_read()
    {
        using TempDirectory directory = new();
        File.WriteAllText(Path.Combine(directory.Path, "readme.md"), "");
        Directory.CreateDirectory(Path.Combine(directory.Path, "below"));
        Directory.CreateSymbolicLink(Path.Combine(directory.Path, "below", "loop"), directory.Path);
        VectorRun run = new(directory.Path, false);
        Assert.Contains("no vector file", run.Find());
        File.CreateSymbolicLink(Path.Combine(directory.Path, "null.json"), "/dev/null");
        run = new(directory.Path, false);
        Assert.Null(run.Find());
        Assert.Equal("not a regular file", run.Run(Assert.Single(run.Files)).Problem);
        Assert.NotNull(new VectorRun(Path.Combine(directory.Path, "missing"), false).Find());
    }

    /// <summary>The first case that has the field, must hold and is not skipped, alone in a file with its group; and the same with a digit changed.</summary>
    private static (int Group, string Number) WriteOne(string file, string field, string whole, string flipped)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(Vectors.FullPath(file)))!;
        int number = 0;
        foreach (JsonNode? group in root["testGroups"]!.AsArray())
        {
            number++;
            foreach (JsonNode? test in group!["tests"]!.AsArray())
            {
                string value = test![field]?.GetValue<string>() ?? "";
                bool holds = (test["result"]?.GetValue<string>() ?? "valid") == "valid" && (test["testPassed"]?.GetValue<bool>() ?? true);
                if (value.Length < 20 || !holds)
                    continue;
                string id = test["tcId"]!.ToString();
                File.WriteAllText(whole, Only(root, number, id));
                test[field] = value[..^3] + (value[^3] == '0' ? '1' : '0') + value[^2..];
                File.WriteAllText(flipped, Only(root, number, id));
                FileVerdict verdict = new("");
                VectorFile.Run(File.ReadAllBytes(whole), false, false, verdict);
                if (verdict.Skipped == 0)
                    return (number, id);
            }
        }

        throw new InvalidOperationException($"{file} has no such case");
    }

    /// <summary>All groups stay, so that their numbers do; only one case does.</summary>
    private static string Only(JsonNode root, int number, string id)
    {
        JsonNode copy = root.DeepClone();
        int at = 0;
        foreach (JsonNode? group in copy["testGroups"]!.AsArray())
        {
            at++;
            JsonArray tests = group!["tests"]!.AsArray();
            for (int i = tests.Count - 1; i >= 0; i--)
            {
                if (at != number || tests[i]!["tcId"]!.ToString() != id)
                    tests.RemoveAt(i);
            }
        }

        return copy.ToJsonString();
    }
}

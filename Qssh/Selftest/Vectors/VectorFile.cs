using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>Tells the shape of a file and runs its cases.</summary>
internal static class VectorFile
{
    private delegate CaseVerdict CaseRunner(VectorCase test);

    /// <param name="isText">CCTV's text of intermediate values; JSON otherwise.</param>
    /// <param name="progress">Called before each case with its number in the file.</param>
    public static void Run(byte[] content, bool isText, bool takesLong, FileVerdict verdict, Action<int>? progress = null)
    {
        if (isText)
        {
            if (IntermediateText.Run(content) is { } outcome)
                verdict.Add(outcome, 1, "1");
            else
                verdict.Problem = "unknown shape: not the text of ML-KEM's intermediate values";
            return;
        }

        JsonTree? tree = JsonTree.Parse(content, out string? fault);
        if (tree is null)
        {
            verdict.Problem = $"not JSON: {fault}";
            return;
        }

        try
        {
            RunTree(tree.Root, takesLong, verdict, progress);
        }
        catch (VectorShapeException shape)
        {
            verdict.Problem = $"unknown shape: {shape.Message}";
        }
    }

    private static void RunTree(JsonNode root, bool takesLong, FileVerdict verdict, Action<int>? progress)
    {
        if (root.TryGet("testGroups"u8, out JsonNode groups))
            RunGroups(root, groups, takesLong, verdict, progress);
        else if (root.TryGet("kem_suites"u8, out _))
            PublishedFile.Run(root, takesLong, verdict);
        else if (root.TryGet("schedule"u8, out _))
            ProtocolFile.Run(root, takesLong, verdict);
        else
            throw new VectorShapeException("none of \"testGroups\", \"kem_suites\" and \"schedule\" is there");
    }

    private static void RunGroups(JsonNode root, JsonNode groups, bool takesLong, FileVerdict verdict, Action<int>? progress)
    {
        string? algorithm = root.TryGet("algorithm"u8, out JsonNode name) ? name.Text() : null;
        CaseRunner runner = Find(algorithm ?? throw new VectorShapeException("\"algorithm\" is missing"))
            ?? throw new VectorShapeException($"algorithm \"{algorithm}\" is unknown");
        if (groups.Kind != JsonKind.Array)
            throw new VectorShapeException("\"testGroups\" is not a list");
        int groupNumber = 0, done = 0;
        foreach (JsonNode group in groups.Items())
        {
            groupNumber++;
            if (!group.TryGet("tests"u8, out JsonNode tests) || tests.Kind != JsonKind.Array)
                throw new VectorShapeException($"group {groupNumber} has no list \"tests\"");
            int place = 0;
            foreach (JsonNode test in tests.Items())
            {
                progress?.Invoke(++done);
                RunCase(runner, new VectorCase(algorithm, takesLong, group, test), groupNumber, Number(test, ++place), verdict);
            }
        }
    }

    /// <summary>The lengths that a caller must not get wrong are the file's here: what they cause is no failure of a primitive.</summary>
    private static void RunCase(CaseRunner runner, VectorCase test, int group, string number, FileVerdict verdict)
    {
        try
        {
            verdict.Add(runner(test), group, number);
        }
        catch (VectorShapeException shape)
        {
            throw new VectorShapeException($"group {group}, case {number}: {shape.Message}");
        }
        catch (ArgumentException fault)
        {
            throw new VectorShapeException($"group {group}, case {number}: {fault.ParamName ?? "a field"} has the wrong length");
        }
    }

    private static string Number(JsonNode test, int place) =>
        test.TryGet("tcId"u8, out JsonNode id) && id.TryInteger(out int number) ? $"{number}" : $"{place}";

    private static CaseRunner? Find(string algorithm) => algorithm switch
    {
        "SHA-2" or "SHA-3" or "SHAKE" or "cSHAKE" => HashCases.Run,
        "KMAC" or "KMAC128" or "KMAC256" => MacCases.KmacCase,
        "AES-GCM" => AeadCases.AesGcm,
        "CHACHA20-POLY1305" => AeadCases.ChaCha,
        "X25519" or "XDH" => X25519Cases.Run,
        "ML-KEM" => MlKemCases.Run,
        "X-Wing" => HybridCases.XWing,
        "CH-KEM" => HybridCases.Ch,
        "SLH-DSA" => SlhDsaCases.Run,
        "Falcon" or "Falcon-512" or "Falcon-1024" => FalconCases.Run,
        "Argon2id" => Argon2Cases.Run,
        _ when algorithm.StartsWith("HMACSHA", StringComparison.Ordinal) => MacCases.Hmac,
        _ when algorithm.StartsWith("HKDF-SHA", StringComparison.Ordinal) => MacCases.Hkdf,
        _ when algorithm == "ML-DSA" || algorithm.StartsWith("ML-DSA-", StringComparison.Ordinal) => MlDsaCases.Run,
        _ => null,
    };
}

using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>The conformance file that CH-KEM's authors published. Its key schedule, folds and messages are another protocol's.</summary>
internal static class PublishedFile
{
    private const string Foreign = "the key schedule and messages of another protocol";

    public static void Run(JsonNode root, bool takesLong, FileVerdict verdict)
    {
        RunList(root, "kem_suites"u8, 1, takesLong, verdict, HybridCases.Suite);
        foreach (JsonNode _ in new VectorCase("", takesLong, root, root).Items("wire_messages"))
            verdict.Add(CaseVerdict.Skipped(Foreign), 4, "");
        foreach (bool isThere in (bool[])[root.TryGet("key_schedule"u8, out _), root.TryGet("auth_folds"u8, out _)])
        {
            if (isThere)
                verdict.Add(CaseVerdict.Skipped(Foreign), 2, "");
        }

        RunList(root, "records"u8, 5, takesLong, verdict, AeadCases.Record);
    }

    private static void RunList(JsonNode root, ReadOnlySpan<byte> name, int group, bool takesLong, FileVerdict verdict, Func<VectorCase, CaseVerdict> run)
    {
        if (!root.TryGet(name, out JsonNode list) || list.Kind != JsonKind.Array)
            return;
        int place = 0;
        foreach (JsonNode entry in list.Items())
            verdict.Add(run(new VectorCase("", takesLong, root, entry)), group, $"{++place}");
    }
}

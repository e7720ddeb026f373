using System.Text;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>The file of QSSH/1's own known answers. A group is a section.</summary>
internal static class ProtocolFile
{
    public static void Run(JsonNode root, bool takesLong, FileVerdict verdict)
    {
        VectorCase Part(string name) => root.TryGet(Encoding.ASCII.GetBytes(name), out JsonNode section) && section.Kind == JsonKind.Object
            ? new VectorCase("", takesLong, section, section)
            : throw new VectorShapeException($"section \"{name}\" is missing");

        verdict.Add(ProtocolCases.Kem(Part("kem"), Part("inputs")), 1, "kem");
        verdict.Add(ProtocolCases.TranscriptPoints(Part("transcript"), Part("messages")), 2, "transcript");
        verdict.Add(ProtocolCases.Schedule(Part("schedule"), Part("kem"), Part("transcript")), 3, "schedule");
        verdict.Add(ProtocolCases.HostProof(Part("signed"), Part("messages")), 4, "signed");
        verdict.Add(ProtocolCases.Ratchet(Part("ratchet"), Part("schedule")), 5, "ratchet");
        verdict.Add(ProtocolCases.Rekey(Part("rekey_by_client")), 6, "rekey_by_client");
        verdict.Add(ProtocolCases.Rekey(Part("rekey_by_server")), 7, "rekey_by_server");
    }
}

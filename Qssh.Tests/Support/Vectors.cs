using System.Text.Json;

namespace Qssh.Tests.Support;

/// <summary>Published test vectors, copied beside the test executable.</summary>
internal static class Vectors
{
    public static JsonDocument Load(string path) => JsonDocument.Parse(File.ReadAllBytes(FullPath(path)));

    public static string FullPath(string path) => Path.Combine(AppContext.BaseDirectory, "Vectors", path);

    public static byte[] Hex(JsonElement element) => Convert.FromHexString(element.GetString()!);

    /// <summary>The bytes of a hex field, or nothing where the field is missing.</summary>
    public static byte[] Hex(JsonElement test, string name) => test.TryGetProperty(name, out JsonElement value) ? Hex(value) : [];

    /// <summary>Every test of every group.</summary>
    public static IEnumerable<(JsonElement Group, JsonElement Test)> Tests(JsonDocument document)
    {
        foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
                yield return (group, test);
        }
    }
}

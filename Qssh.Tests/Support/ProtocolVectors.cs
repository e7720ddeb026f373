using System.Text.Json;

namespace Qssh.Tests.Support;

/// <summary>Known answers of QSSH/1 (Vectors/protocol/vectors.json), by the names that docs/protocol.md uses.</summary>
internal static class ProtocolVectors
{
    private static readonly JsonElement Root = Vectors.Load("protocol/vectors.json").RootElement;

    public static byte[] Hex(string section, string name) => Convert.FromHexString(Text(section, name));

    public static string Text(string section, string name) => Root.GetProperty(section).GetProperty(name).GetString()!;

    public static ulong Number(string section, string name) => Root.GetProperty(section).GetProperty(name).GetUInt64();
}

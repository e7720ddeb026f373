using System.Text.Json;
using Qssh.Crypto.Signatures.Falcon;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>What the vector files have in common.</summary>
internal static class FalconCase
{
    public static FalconParameters Parameters(JsonElement group) => group.GetProperty("parameterSet").GetString() switch
    {
        "Falcon-512" => FalconParameters.Falcon512,
        "Falcon-1024" => FalconParameters.Falcon1024,
        string other => throw new InvalidOperationException(other),
        null => throw new InvalidOperationException("no parameter set"),
    };
}

using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>What the tests of ChaCha20-Poly1305 share: the implementations that run here.</summary>
internal static class ChaChaSupport
{
    public static IEnumerable<ChaChaImplementation> Available =>
        Enum.GetValues<ChaChaImplementation>().Where(ChaCha20Poly1305.IsSupported);

    public static TheoryData<string> Names => [.. Available.Select(implementation => implementation.ToString())];

    public static ChaCha20Poly1305 Create(string name, ReadOnlySpan<byte> key) =>
        ChaCha20Poly1305.Create(key, Enum.Parse<ChaChaImplementation>(name));
}

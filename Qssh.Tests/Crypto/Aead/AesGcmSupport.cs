using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>What the tests of AES-GCM share: the implementations that run here.</summary>
internal static class AesGcmSupport
{
    public static IEnumerable<AesGcmImplementation> Available =>
        Enum.GetValues<AesGcmImplementation>().Where(Aes256Gcm.IsSupported);

    public static TheoryData<string> Names => [.. Available.Select(implementation => implementation.ToString())];

    public static Aes256Gcm Create(string name, ReadOnlySpan<byte> key) => Aes256Gcm.Create(key, Enum.Parse<AesGcmImplementation>(name));
}

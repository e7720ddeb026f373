using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>What the tests of ChaCha20-Poly1305 share: the implementations that run here, and sealing in one call.</summary>
internal static class ChaChaSupport
{
    public static IEnumerable<ChaChaImplementation> Available =>
        Enum.GetValues<ChaChaImplementation>().Where(ChaCha20Poly1305.IsSupported);

    public static TheoryData<string> Names => [.. Available.Select(implementation => implementation.ToString())];

    public static ChaCha20Poly1305 Create(string name, ReadOnlySpan<byte> key) =>
        ChaCha20Poly1305.Create(key, Enum.Parse<ChaChaImplementation>(name));

    /// <summary>Tag after ciphertext.</summary>
    public static byte[] Seal(ChaCha20Poly1305 cipher, byte[] nonce, byte[] associatedData, byte[] plaintext)
    {
        byte[] result = new byte[plaintext.Length + ChaCha20Poly1305.TagSize];
        cipher.Seal(nonce, associatedData, plaintext, result.AsSpan(0, plaintext.Length), result.AsSpan(plaintext.Length));
        return result;
    }
}

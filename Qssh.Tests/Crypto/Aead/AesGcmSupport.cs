using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>What the tests of AES-GCM share: the implementations that run here, and repeatable random input.</summary>
internal static class AesGcmSupport
{
    public static IEnumerable<AesGcmImplementation> Available =>
        Enum.GetValues<AesGcmImplementation>().Where(Aes256Gcm.IsSupported);

    public static TheoryData<string> Names => [.. Available.Select(implementation => implementation.ToString())];

    public static Aes256Gcm Create(string name, ReadOnlySpan<byte> key) => Aes256Gcm.Create(key, Enum.Parse<AesGcmImplementation>(name));

    public static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Tag after ciphertext.</summary>
    public static byte[] Seal(Aes256Gcm cipher, byte[] nonce, byte[] associatedData, byte[] plaintext)
    {
        byte[] result = new byte[plaintext.Length + Aes256Gcm.TagSize];
        cipher.Seal(nonce, associatedData, plaintext, result.AsSpan(0, plaintext.Length), result.AsSpan(plaintext.Length));
        return result;
    }
}

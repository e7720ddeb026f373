using AeadBase = Qssh.Crypto.Aead.Aead;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>What the tests of both ciphers share: repeatable random input, and sealing in one call.</summary>
internal static class AeadSupport
{
    public static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Tag after ciphertext.</summary>
    public static byte[] Seal(AeadBase cipher, byte[] nonce, byte[] associatedData, byte[] plaintext)
    {
        byte[] result = new byte[plaintext.Length + AeadBase.TagSize];
        cipher.Seal(nonce, associatedData, plaintext, result.AsSpan(0, plaintext.Length), result.AsSpan(plaintext.Length));
        return result;
    }
}

using System.Text.Json;
using Qssh.Crypto.Aead;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

public sealed class AesGcmVectorTests
{
    public static TheoryData<string> Implementations => AesGcmSupport.Names;

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Wycheproof(string implementation)
    {
        using JsonDocument document = Vectors.Load("aesgcm/wycheproof.json");
        int valid = 0, invalid = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("keySize").GetInt32() != 256 || group.GetProperty("ivSize").GetInt32() != 96)
                continue;

            bool isValid = test.GetProperty("result").GetString() == "valid";
            RunCase(implementation, test, isValid);
            _ = isValid ? valid++ : invalid++;
        }

        Assert.True(valid > 20 && invalid > 10, $"{valid} valid, {invalid} invalid");
    }

    // Test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B; SP 800-38D refers to them.
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Nist_examples(string implementation)
    {
        const string Key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
        const string Nonce = "cafebabefacedbaddecaf888";
        const string Plaintext = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
        const string Ciphertext = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
        const string AssociatedData = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
        string zeroKey = new('0', 64);
        string zeroNonce = new('0', 24);
        Check(implementation, zeroKey, zeroNonce, "", "", "530f8afbc74536b9a963b4f1c4cb738b");
        Check(implementation, zeroKey, zeroNonce, "", new('0', 32), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        Check(implementation, Key, Nonce, "", Plaintext, Ciphertext + "b094dac5d93471bdec1a502270e3cc6c");
        Check(implementation, Key, Nonce, AssociatedData, Plaintext[..120], Ciphertext[..120] + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    private static void Check(string implementation, string key, string nonce, string associatedData, string plaintext, string expected)
    {
        using Aes256Gcm cipher = AesGcmSupport.Create(implementation, Convert.FromHexString(key));
        byte[] result = AeadSupport.Seal(
            cipher, Convert.FromHexString(nonce), Convert.FromHexString(associatedData), Convert.FromHexString(plaintext));
        Assert.Equal(expected, Convert.ToHexStringLower(result));
    }

    private static void RunCase(string implementation, JsonElement test, bool isValid)
    {
        byte[] nonce = Vectors.Hex(test, "iv"), associatedData = Vectors.Hex(test, "aad"), plaintext = Vectors.Hex(test, "msg");
        byte[] ciphertext = Vectors.Hex(test, "ct"), tag = Vectors.Hex(test, "tag");
        using Aes256Gcm cipher = AesGcmSupport.Create(implementation, Vectors.Hex(test, "key"));

        byte[] opened = new byte[ciphertext.Length];
        opened.AsSpan().Fill(0xEE);
        Assert.Equal(isValid, cipher.Open(nonce, associatedData, ciphertext, tag, opened));
        if (!isValid)
        {
            Assert.All(opened, value => Assert.Equal(0, value));
            return;
        }

        Assert.Equal(plaintext, opened);
        Assert.Equal([.. ciphertext, .. tag], AeadSupport.Seal(cipher, nonce, associatedData, plaintext));
    }
}

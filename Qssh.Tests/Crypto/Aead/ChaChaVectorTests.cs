using System.Text.Json;
using Qssh.Crypto.Aead;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

public sealed class ChaChaVectorTests
{
    public static TheoryData<string> Implementations => ChaChaSupport.Names;

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Wycheproof(string implementation)
    {
        using JsonDocument document = Vectors.Load("chacha20poly1305/wycheproof.json");
        int valid = 0, invalid = 0, misfits = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("ivSize").GetInt32() != 96)
            {
                // RFC 8439 knows one length of nonces; the interface takes no other.
                Assert.Equal("invalid", test.GetProperty("result").GetString());
                Assert.Throws<ArgumentException>(() => Open(implementation, test));
                misfits++;
                continue;
            }

            bool isValid = test.GetProperty("result").GetString() == "valid";
            RunCase(implementation, test, isValid);
            _ = isValid ? valid++ : invalid++;
        }

        Assert.Equal((190, 65), (valid, invalid + misfits));
    }

    // RFC 8439, section 2.8.2.
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Example_of_the_standard(string implementation)
    {
        byte[] key = [.. Enumerable.Range(0x80, 32).Select(value => (byte)value)];
        byte[] nonce = Convert.FromHexString("070000004041424344454647");
        byte[] associatedData = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");
        byte[] plaintext = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8.ToArray();
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, key);
        byte[] whole = AeadSupport.Seal(cipher, nonce, associatedData, plaintext);
        Assert.StartsWith("d31a8d34648e60db7b86afbc53ef7ec2", Convert.ToHexStringLower(whole));
        Assert.EndsWith("1ae10b594f09e26a7e902ecbd0600691", Convert.ToHexStringLower(whole));
    }

    private static bool Open(string implementation, JsonElement test)
    {
        byte[] ciphertext = Vectors.Hex(test, "ct");
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, Vectors.Hex(test, "key"));
        return cipher.Open(Vectors.Hex(test, "iv"), Vectors.Hex(test, "aad"), ciphertext, Vectors.Hex(test, "tag"), new byte[ciphertext.Length]);
    }

    private static void RunCase(string implementation, JsonElement test, bool isValid)
    {
        byte[] nonce = Vectors.Hex(test, "iv"), associatedData = Vectors.Hex(test, "aad"), plaintext = Vectors.Hex(test, "msg");
        byte[] ciphertext = Vectors.Hex(test, "ct"), tag = Vectors.Hex(test, "tag");
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, Vectors.Hex(test, "key"));

        byte[] opened = new byte[ciphertext.Length];
        opened.AsSpan().Fill(0xEE);
        Assert.True(isValid == cipher.Open(nonce, associatedData, ciphertext, tag, opened), $"case {test.GetProperty("tcId")}");
        if (!isValid)
        {
            Assert.All(opened, value => Assert.Equal(0, value));
            return;
        }

        Assert.Equal(plaintext, opened);
        Assert.Equal([.. ciphertext, .. tag], AeadSupport.Seal(cipher, nonce, associatedData, plaintext));
    }
}

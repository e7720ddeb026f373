using System.Security.Cryptography;
using Qssh.Crypto.Signatures;
using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class PublicKeyTests
{
    private static readonly PublicKey s_key = TestKeys.Public(7);

    private static string Base64 => Convert.ToBase64String(s_key.Blob);

    [Fact]
    public void EverySchemeSurvivesItsLine()
    {
        foreach (SignatureEntry entry in SignatureRegistry.Entries)
        {
            PublicKey key = TestKeys.Public(3, entry.Scheme);
            Assert.True(PublicKey.TryParseLine(key.ToLine("me@here"), out PublicKey? read, out string comment));
            Assert.Equal(key, read);
            Assert.Equal(key.GetHashCode(), read!.GetHashCode());
            Assert.Equal("me@here", comment);
            Assert.Equal(entry.PublicKeySize, read.Bytes.Length);
            Assert.True(read.Bytes.IndexOfAnyExcept((byte)3) < 0);
        }
    }

    [Fact]
    public void FingerprintIsSha256OfTheBlobWithoutPadding()
    {
        string expected = "SHA256:" + Convert.ToBase64String(SHA256.HashData(s_key.Blob)).TrimEnd('=');
        Assert.Equal(expected, s_key.Fingerprint);
        Assert.Equal(50, s_key.Fingerprint.Length);
    }

    [Theory]
    [InlineData("", "no key")]
    [InlineData("   \t ", "no key")]
    [InlineData("mldsa65", "missing")]
    [InlineData("mldsa99 AAAA", "unknown")]
    [InlineData("MLDSA65 AAAA", "unknown")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx", "Ed25519")]
    [InlineData("ssh-rsa AAAA", "RSA")]
    [InlineData("ecdsa-sha2-nistp256 AAAA", "ECDSA")]
    [InlineData("mldsa65 AAAA", "damaged")]
    [InlineData("mldsa65 A!AA", "base64")]
    [InlineData("mldsa65 AAA", "base64")]
    public void WrongLinesSayWhy(string line, string reason)
    {
        PublicKeyLine parsed = PublicKeyLine.Parse(line);
        Assert.Null(parsed.Key);
        Assert.Contains(reason, parsed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void DeclaredTypeMustBeTheInnerType()
    {
        PublicKeyLine parsed = PublicKeyLine.Parse("mldsa87 " + Base64);
        Assert.Null(parsed.Key);
        Assert.Contains("differs", parsed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void InnerLengthMustBeTheSchemes()
    {
        byte[] longer = [.. s_key.Blob, 0];
        Assert.Null(PublicKey.TryDecode(longer));
        Assert.Null(PublicKey.TryDecode(s_key.Blob[..^1]));
        for (int length = 0; length < 16; length++)
            Assert.Null(PublicKey.TryDecode(s_key.Blob[..length]));
    }

    [Fact]
    public void Base64HasOneSpelling()
    {
        PublicKey key = TestKeys.Public(7, SignatureScheme.MlDsa44);
        string line = key.ToLine();
        Assert.EndsWith("=", line, StringComparison.Ordinal);
        Assert.False(PublicKey.TryParseLine(line.TrimEnd('='), out _, out _));
        Assert.False(PublicKey.TryParseLine(line + "=", out _, out _));
        Assert.False(PublicKey.TryParseLine(line.Replace("BwcH", "Bw cH"), out _, out _));

        // The bits that padding leaves unused.
        int last = line.IndexOf('=') - 1;
        string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char next = alphabet[(alphabet.IndexOf(line[last]) + 1) % 64];
        string loose = line[..last] + next + line[(last + 1)..];
        Assert.Equal(Convert.FromBase64String(line.Split(' ')[1]), Convert.FromBase64String(loose.Split(' ')[1]));
        Assert.False(PublicKey.TryParseLine(loose, out _, out _));
    }

    [Fact]
    public void OverlongLineIsRefusedWhole()
    {
        string line = s_key.ToLine() + " " + new string('x', PublicKeyLine.MaxLength);
        Assert.Contains("longer", PublicKeyLine.Parse(line).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void CommentsCannotBreakLinesOrTerminals()
    {
        string line = s_key.ToLine("a\nssh-evil \u001b[31m\u202Eb");
        Assert.DoesNotContain('\n', line);
        Assert.EndsWith("a?ssh-evil ?[31m?b", line, StringComparison.Ordinal);
        Assert.True(KeyComment.Clean(new string('é', 5000)).Length <= KeyComment.MaxBytes);
    }

    [Fact]
    public void UnbuiltSchemesParseButHaveNoAlgorithm()
    {
        PublicKey key = TestKeys.Public(1, SignatureScheme.Falcon1024SlhDsa256s);
        Assert.True(PublicKey.TryParseLine(key.ToLine(), out PublicKey? read, out _));
        Assert.Equal(256, read!.StrengthBits);
    }
}

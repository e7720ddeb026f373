using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Secrets;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity;

/// <summary>PEM files, held to those of OpenSSL (Vectors/pem, with their origin).</summary>
public sealed class PemKeysTests
{
    public static TheoryData<string> Types => [.. Directory.GetFiles(Folder, "*.public.pem").Select(file => Path.GetFileName(file)[..^".public.pem".Length])];

    private static string Folder => Path.Combine(Repository.Root, "Qssh.Tests", "Vectors", "pem");

    [Theory]
    [MemberData(nameof(Types))]
    public void OpenSslReadsAndWritesTheSame(string type)
    {
        byte[] publicText = Read(type + ".public.pem"), privateText = Read(type + ".private.pem");
        using SecretBuffer publicDer = PemText.Decode(publicText, out string publicLabel)!, privateDer = PemText.Decode(privateText, out string privateLabel)!;
        Assert.Equal((PemKeys.PublicLabel, PemKeys.PrivateLabel), (publicLabel, privateLabel));
        PublicKey expected = PemKeys.DecodePublic(publicDer.Span, "f");
        Assert.Equal(type, expected.TypeName);
        Assert.Equal(publicText, PemKeys.EncodePublic(expected));
        using PrivateKey key = PemKeys.DecodePrivate(privateDer.Span, "f");
        Assert.Equal(expected, key.Public);
        byte[] again = PemKeys.EncodePrivate(key);
        using SecretBuffer der = PemText.Decode(again, out _)!;
        using PrivateKey copy = PemKeys.DecodePrivate(der.Span, "f");
        Assert.True(copy.Key.PrivateForm.SequenceEqual(key.Key.PrivateForm));
    }

    [Fact]
    public void TheFormOfOpenSslWithSeedAndExpandedKeyIsRead()
    {
        using SecretBuffer der = PemText.Decode(Read("mldsa44-both.private.pem"), out _)!;
        PemKeys.DecodePrivate(der.Span, "f").Dispose();
        Assert.InRange(der.Length, 2560, 3000);
    }

    [Fact]
    public void SeedOnlyIsWhatIsWritten()
    {
        using SigningKey signing = SignatureAlgorithm.FindByName("mldsa44")!.LoadKey(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray())!;
        using PrivateKey key = new(signing, "");
        using SecretBuffer der = PemText.Decode(PemKeys.EncodePrivate(key), out _)!;

        // RFC 9881, appendix C.1: the example of the seed form for ML-DSA-44 has this content.
        Assert.Equal(
            "3034020100300B0609608648016503040311042280" + "20" + Convert.ToHexString(signing.PrivateForm),
            Convert.ToHexString(der.Span));
    }

    [Fact]
    public void FalconAndDualKeysSayWhyNot()
    {
        foreach (string type in new[] { "falcon512", "falcon1024", "falcon512+slhdsa-shake-128s", "mldsa65+slhdsa-shake-128s" })
        {
            FailureException failure = Assert.Throws<FailureException>(() => PemKeys.EncodePublic(TestKeys.Public(1, SignatureAlgorithm.FindByName(type)!.Scheme)));
            Assert.StartsWith(type + " keys cannot be exported: ", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ExpandedKeyAloneIsRefusedAndBothMustAgree()
    {
        byte[] seed = new byte[32], expanded = new byte[2560], publicKey = new byte[1312];
        Qssh.Crypto.Signatures.MlDsa.MlDsaExpandedKey.KeyGenInternal(Qssh.Crypto.Signatures.MlDsa.MlDsaParameters.MlDsa44, seed, publicKey, expanded).Dispose();
        Assert.Contains("expanded key only", Assert.Throws<FailureException>(() => PemKeys.DecodePrivate(Wrap(Element(4, expanded)), "f")).Message, StringComparison.Ordinal);
        byte[] both = Element(0x30, [.. Element(4, seed), .. Element(4, expanded)]);
        PemKeys.DecodePrivate(Wrap(both), "f").Dispose();
        both[^1] ^= 1;
        Assert.Contains("damaged", Assert.Throws<FailureException>(() => PemKeys.DecodePrivate(Wrap(both), "f")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CutOrChangedAnywhereNothingCrashes()
    {
        byte[] der = Wrap(Element(0x80, new byte[32]));
        for (int at = 0; at < der.Length; at++)
        {
            Assert.True(IsRefused(der[..at]));
            byte[] changed = [.. der];
            changed[at] ^= 0x81;
            IsRefused(changed);
        }

        Assert.True(IsRefused([.. der, 0]));
        Assert.True(IsRefused([0x30, 0x80, .. der]));
        byte[] text = Read("mldsa44.public.pem");
        for (int at = 0; at < text.Length - 1; at++)
            PemText.Decode(text.AsSpan(0, at), out _)?.Dispose();
    }

    private static bool IsRefused(byte[] der)
    {
        try
        {
            PemKeys.DecodePrivate(der, "f").Dispose();
            return false;
        }
        catch (Exception e) when (e is ProtocolException or FailureException)
        {
            return true;
        }
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>OneAsymmetricKey of ML-DSA-44.</summary>
    private static byte[] Wrap(byte[] secret) =>
        Element(0x30, [2, 1, 0, .. Element(0x30, Element(6, KeyObjectIdentifier.Of(SignatureScheme.MlDsa44)!)), .. Element(4, secret)]);

    private static byte[] Element(byte tag, byte[] content)
    {
        byte[] element = new byte[DerWriter.Size(content.Length)];
        DerWriter writer = new(element);
        writer.Header(tag, content.Length);
        writer.Bytes(content);
        return element;
    }
}

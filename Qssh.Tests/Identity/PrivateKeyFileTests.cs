using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class PrivateKeyFileTests
{
    private static readonly byte[] s_text = PrivateKeyFile.Encode(TestKeys.Real, "me@here");

    [Fact]
    public async Task KeySurvivesItsFileAndSigns()
    {
        using TempDirectory directory = new();
        string path = directory.Write("id", Encoding.ASCII.GetString(s_text));
        using FileSigner signer = FileSigner.Load(path);
        Assert.Equal("me@here", signer.Comment);
        Assert.Equal(PublicKey.Of(TestKeys.Real), signer.Identity);
        byte[] signature = await signer.SignAsync("message"u8.ToArray());
        Assert.True(signer.Algorithm.Verify(signer.PublicKey, "message"u8, signature));
    }

    [Fact]
    public void EveryBuiltSchemeSurvives()
    {
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
        {
            using SigningKey key = algorithm.GenerateKey();
            using PrivateKey read = PrivateKeyFile.Decode(PrivateKeyFile.Encode(key, ""), "id");
            Assert.Equal(PublicKey.Of(key), read.Public);
            Assert.True(read.Key.PrivateForm.SequenceEqual(key.PrivateForm));
        }
    }

    [Fact]
    public void PublicHalfNeedsNoPrivateOne()
    {
        (PublicKey key, string comment) = PrivateKeyFile.ReadPublic(s_text, "id");
        Assert.Equal(PublicKey.Of(TestKeys.Real), key);
        Assert.Equal("me@here", comment);
    }

    [Fact]
    public void CarriageReturnsAreUnderstood()
    {
        string text = Encoding.ASCII.GetString(s_text).Replace("\n", "\r\n");
        PrivateKeyFile.Decode(Encoding.ASCII.GetBytes(text), "id").Dispose();
    }

    [Fact]
    public void CutAtEveryByteSaysSo()
    {
        for (int length = 0; length < s_text.Length; length++)
        {
            FailureException failure = Assert.Throws<FailureException>(() => PrivateKeyFile.Decode(s_text.AsSpan(0, length), "the-file"));
            Assert.StartsWith("the-file: ", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryFlippedByteSaysSo()
    {
        for (int at = 0; at < s_text.Length; at++)
        {
            foreach (byte flip in new byte[] { 0x01, 0x20, 0x80 })
            {
                byte[] damaged = [.. s_text];
                damaged[at] ^= flip;
                FailureException failure = Assert.Throws<FailureException>(() => PrivateKeyFile.Decode(damaged, "the-file"));
                Assert.StartsWith("the-file: ", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void AppendedBytesAreRefused()
    {
        byte[] longer = [.. s_text, (byte)'\n'];
        Assert.Throws<FailureException>(() => PrivateKeyFile.Decode(longer, "id"));
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "classical")]
    [InlineData("hello", "not a QSSH private key")]
    [InlineData("", "empty")]
    public void ForeignFilesAreNamed(string text, string reason)
    {
        using TempDirectory directory = new();
        string path = directory.Write("id", text);
        FailureException failure = Assert.Throws<FailureException>(() => PrivateKeyFile.Load(path));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x1A0)] // 0640
    [InlineData(0x190)] // 0620
    [InlineData(0x188)] // 0610
    [InlineData(0x184)] // 0604
    [InlineData(0x182)] // 0602
    [InlineData(0x1FF)] // 0777
    public void FilesThatOthersCanUseAreRefusedWithTheRemedy(int mode)
    {
        using TempDirectory directory = new();
        string path = directory.Write("id", Encoding.ASCII.GetString(s_text), (UnixFileMode)mode);
        FailureException failure = Assert.Throws<FailureException>(() => PrivateKeyFile.Load(path));
        Assert.Contains($"chmod 600 {path}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToString(mode, 8), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x180)]
    [InlineData(0x100)]
    public void FilesOfTheOwnerAreRead(int mode)
    {
        using TempDirectory directory = new();
        PrivateKeyFile.Load(directory.Write("id", Encoding.ASCII.GetString(s_text), (UnixFileMode)mode)).Dispose();
    }

    [Fact]
    public void HugeMissingAndDirectoryAreOneLineEach()
    {
        using TempDirectory directory = new();
        Assert.Contains("too large", Refusal(directory.Write("big", new string('x', 100_000))), StringComparison.Ordinal);
        Assert.Contains("No such file", Refusal(directory["missing"]), StringComparison.Ordinal);
        Assert.Contains(directory.Path, Refusal(directory.Path), StringComparison.Ordinal);
    }

    private static string Refusal(string path) => Assert.Throws<FailureException>(() => PrivateKeyFile.Load(path)).Message;
}

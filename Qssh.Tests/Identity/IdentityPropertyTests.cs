using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class IdentityPropertyTests
{
    private static readonly FsCheck.Config s_config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void PrintedKeysParseToThemselves()
    {
        Gen<PublicKey> keys =
            from entry in Gen.Elements(SignatureRegistry.Entries.ToArray())
            from bytes in Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(entry.PublicKeySize)
            select PublicKey.TryCreate(entry.Scheme, bytes)!;
        Prop.ForAll(keys.ToArbitrary(), key =>
        {
            Assert.True(PublicKey.TryParseLine(key.ToLine("c d"), out PublicKey? read, out string comment));
            Assert.Equal(key, read);
            Assert.Equal("c d", comment);
        }).Check(s_config);
    }

    [Fact]
    public void CommentsAreFixedPoints() => Prop.ForAll<NonNull<string>>(text =>
    {
        string clean = KeyComment.Clean(text.Get);
        Assert.Equal(clean, KeyComment.Clean(clean));
        Assert.True(Encoding.UTF8.GetByteCount(clean) <= KeyComment.MaxBytes + 3);
        Assert.DoesNotContain(clean, char.IsControl);
    }).Check(s_config);

    [Fact]
    public void Base64DecodesOnlyWhatItEncodes() => Prop.ForAll<byte[]>(bytes =>
    {
        string text = Convert.ToBase64String(bytes);
        Assert.Equal(bytes, CanonicalBase64.Decode(text, bytes.Length));
        if (bytes.Length > 0)
            Assert.Null(CanonicalBase64.Decode(text, bytes.Length - 1));
    }).Check(s_config);

    [Fact]
    public void QuotedCommandsComeBack() => Prop.ForAll<NonNull<string>>(text =>
    {
        // A backslash before a quote cannot be written in this grammar, and lines have no control characters.
        string command = new string(text.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\\').ToArray());
        string line = $"command=\"{command.Replace("\"", "\\\"")}\",no-pty {TestKeys.Public(1).ToLine()}";
        AuthorizedKey read = AuthorizedKey.Parse(line);
        Assert.Equal(command, read.Options.Capabilities.ForcedCommand);
    }).Check(s_config);

    [Fact]
    public void RandomBytesNeverCrashAnyParser()
    {
        Random random = new(20260504);
        byte[] seed = Encoding.UTF8.GetBytes($"|1|a,b @revoked restrict,command=\"x\" {TestKeys.Public(1).ToLine("me")}\n-----BEGIN QSSH PRIVATE KEY-----\nAAAA\n");
        byte[] key = PrivateKeyFile.Encode(TestKeys.Real, "c");
        for (int round = 0; round < 2000; round++)
        {
            byte[] data = Mutate(random, round % 3 == 0 ? key : seed);
            string text = Encoding.UTF8.GetString(data);
            PublicKeyLine.Parse(text);
            AuthorizedKey.Parse(text);
            PublicKey.TryDecode(data);
            HostLabel.Matches(text, "host");
            AddressPatterns.TryParse(text);
            using MemoryStream stream = new(data);
            KnownHosts.Read(stream, "f", "host", [], null);
            stream.Position = 0;
            AuthorizedKeys.Find(stream, "f", TestKeys.Public(1), null, DateTimeOffset.UtcNow, null);
            try
            {
                PrivateKeyFile.Decode(data, "f").Dispose();
            }
            catch (FailureException)
            {
                // The one way to refuse.
            }
        }
    }

    private static byte[] Mutate(Random random, byte[] source)
    {
        byte[] data = [.. source];
        for (int edit = random.Next(1, 8); edit > 0; edit--)
            data[random.Next(data.Length)] = (byte)random.Next(256);
        int start = random.Next(4) == 0 ? random.Next(data.Length) : 0;
        return data[start..];
    }
}

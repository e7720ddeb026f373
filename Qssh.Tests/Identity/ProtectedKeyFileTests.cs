using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Qssh.Crypto.Passwords;
using Qssh.Errors;
using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

/// <summary>Key files with a passphrase. Costs are small but where time is what is tested.</summary>
public sealed class ProtectedKeyFileTests
{
    private static readonly Argon2Parameters s_cheap = new(8, 1, 1);
    private static readonly byte[] s_text = PrivateKeyFile.Encode(TestKeys.Real, "me@here", "secret"u8, s_cheap);

    [Fact]
    public void TheRightPassphraseOpensAndAnyOtherDoesNot()
    {
        using StoredKey stored = PrivateKeyFile.Parse(s_text, "id");
        Assert.True(stored.IsProtected);
        using (PrivateKey key = stored.TryOpen("secret"u8)!)
        {
            Assert.Equal(PublicKey.Of(TestKeys.Real), key.Public);
            Assert.Equal("me@here", key.Comment);
            Assert.True(key.Key.PrivateForm.SequenceEqual(TestKeys.Real.PrivateForm));
        }

        foreach (string wrong in new[] { "", "Secret", "secret ", "secre", new string('x', 5000) })
            Assert.Null(stored.TryOpen(Encoding.UTF8.GetBytes(wrong)));
    }

    [Fact]
    public void ThePublicHalfIsOpenAndTheCommentIsNot()
    {
        Assert.Equal((PublicKey.Of(TestKeys.Real), ""), PrivateKeyFile.ReadPublic(s_text, "id"));
        FailureException failure = Assert.Throws<FailureException>(() => PrivateKeyFile.Decode(s_text, "the-file"));
        Assert.Contains("protected by a passphrase", failure.Message, StringComparison.Ordinal);
        Assert.Contains("qssh keygen -p -N '' -f the-file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoTwoFilesOfOneKeyAreAlike() =>
        Assert.NotEqual(s_text, PrivateKeyFile.Encode(TestKeys.Real, "me@here", "secret"u8, s_cheap));

    [Fact]
    public void CutOrChangedAnywhereItIsDamagedAndNoPassphraseIsAskedFor()
    {
        for (int at = 0; at < s_text.Length; at++)
        {
            byte[] changed = [.. s_text];
            changed[at] ^= 1;
            foreach (byte[] damaged in new[] { s_text[..at], changed })
            {
                FailureException failure = Assert.Throws<FailureException>(() => PrivateKeyFile.Parse(damaged, "the-file").Dispose());
                Assert.StartsWith("the-file: ", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Somebody who makes the check right again still changes nothing: all fields before the section are authenticated.</summary>
    [Fact]
    public void EveryByteOfTheContentIsAuthenticated()
    {
        byte[] content = Content();
        for (int at = 0; at < content.Length; at++)
        {
            byte[] changed = [.. content];
            changed[at] ^= 1;
            try
            {
                using StoredKey stored = PrivateKeyFile.Parse(Wrap(changed), "id");
                Assert.Null(stored.TryOpen("secret"u8));
            }
            catch (FailureException e)
            {
                Assert.StartsWith("id: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(0x00100001, 1, 1, 16, "1048577 KiB")]
    [InlineData(0xFFFFFFFF, 1, 1, 16, "at most 1048576 KiB, 64 passes and 16 lanes")]
    [InlineData(8, 65, 1, 16, "65 passes")]
    [InlineData(8, 0xFFFFFFFF, 1, 16, "4294967295 passes")]
    [InlineData(8, 0, 1, 16, "0 passes")]
    [InlineData(1024, 1, 17, 16, "17 lanes")]
    [InlineData(1024, 1, 0, 16, "0 lanes")]
    [InlineData(15, 1, 2, 16, "8 KiB for each lane")]
    [InlineData(0, 1, 1, 16, "8 KiB for each lane")]
    [InlineData(0x00100000, 17, 1, 16, "would take minutes; at most 16 GiB in all")]
    [InlineData(8, 1, 1, 7, "a salt of 7 bytes; 8 to 64 are allowed")]
    [InlineData(8, 1, 1, 65, "a salt of 65 bytes; 8 to 64 are allowed")]
    public void HostileCostsAreRefusedAtOnceAndNamed(uint memory, uint passes, byte lanes, int salt, string reason)
    {
        byte[] parameters = new byte[11 + salt];
        parameters[0] = 0x13;
        BinaryPrimitives.WriteUInt32BigEndian(parameters.AsSpan(1), memory);
        BinaryPrimitives.WriteUInt32BigEndian(parameters.AsSpan(5), passes);
        parameters[9] = lanes;
        parameters[10] = (byte)salt;
        using StoredKey stored = PrivateKeyFile.Parse(Wrap(WithParameters(parameters)), "id");
        long started = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Action action in new Action[] { stored.RequireOpenable, () => stored.TryOpen("secret"u8) })
            Assert.Contains(reason, Assert.Throws<FailureException>(action).Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal(PublicKey.Of(TestKeys.Real), stored.Public);
    }

    [Fact]
    public void MalformedCostsAreDamage()
    {
        foreach (int length in Enumerable.Range(0, 26))
        {
            using StoredKey stored = PrivateKeyFile.Parse(Wrap(WithParameters(new byte[length])), "id");
            Assert.Throws<FailureException>(stored.RequireOpenable);
        }
    }

    [Fact]
    public void UnknownMethodsAreNamedNotGuessed()
    {
        byte[] content = Content();
        int at = content.AsSpan().IndexOf("aes256-gcm"u8);
        content[at] = (byte)'x';
        using StoredKey stored = PrivateKeyFile.Parse(Wrap(content), "id");
        Assert.Contains("in a way that this version cannot open", Assert.Throws<FailureException>(stored.RequireOpenable).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStandardCostTakesAMomentAndNoMore()
    {
        byte[] text = PrivateKeyFile.Encode(TestKeys.Real, "", "secret"u8, KeyProtection.StandardCost);
        using StoredKey stored = PrivateKeyFile.Parse(text, "id");
        long started = Stopwatch.GetTimestamp();
        Assert.Null(stored.TryOpen("wrong"u8));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(10));
    }

    private static byte[] Content() => Convert.FromBase64String(
        string.Concat(Encoding.ASCII.GetString(s_text).Split('\n').Where(line => !line.StartsWith('-'))))[..^PrivateKeyFormat.CheckSize];

    private static byte[] Wrap(byte[] content)
    {
        byte[] check = new byte[PrivateKeyFormat.CheckSize];
        PrivateKeyFormat.Check(content, check);
        return Armour.Encode([.. content, .. check]);
    }

    private static byte[] WithParameters(byte[] parameters)
    {
        byte[] content = Content();
        int at = PrivateKeyFormat.Magic.Length + 1 + 1 + KeyProtection.Kdf.Length;
        return [.. content[..at], (byte)parameters.Length, .. parameters, .. content[(at + 1 + content[at])..]];
    }
}

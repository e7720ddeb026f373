using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Identity.FileSignatures;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity.FileSignatures;

/// <summary>Envelope and armour of signature files.</summary>
public sealed class FileSignatureTests
{
    private static readonly byte[] s_digest = SHA512.HashData("content"u8);
    private static readonly FileSignature s_signature = FileSignature.Sign(TestKeys.Real, "file", "sha512", s_digest);
    private static readonly byte[] s_text = s_signature.Encode();

    private static SignatureAlgorithm Dual => SignatureAlgorithm.FindByName("falcon512+slhdsa-shake-128s")!;

    [Fact]
    public void EverySchemeSignsAndReadsBack()
    {
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All.Where(one => SlowTests.TakesAll || !one.Name.Contains("192s") && !one.Name.Contains("256s")))
        {
            using SigningKey key = algorithm.GenerateKey();
            byte[] text = FileSignature.Sign(key, "git", "sha256", SHA256.HashData("x"u8)).Encode();
            FileSignature read = FileSignatureParser.Parse(text);
            Assert.Equal((PublicKey.Of(key), "git", "sha256"), (read.Key, read.Namespace, read.HashName));
            Assert.True(read.Verify(SHA256.HashData("x"u8)));
            Assert.False(read.Verify(SHA256.HashData("y"u8)));
            Assert.True(read.Encode().AsSpan().SequenceEqual(text));
        }
    }

    [Fact]
    public void TheLargestFitsTheLimit()
    {
        int largest = SignatureRegistry.Entries.Max(entry => entry.SignatureSize + entry.PublicKeySize) + 64 + 64 + 300;
        Assert.True(largest * 4 / 3 * 71 / 70 + 100 < FileSignatureFormat.MaxFileSize);
    }

    /// <summary>Byte for byte as docs/formats.md has it, computed here again.</summary>
    [Fact]
    public void BytesAreThoseOfTheDocument()
    {
        using SigningKey key = SignatureAlgorithm.FindByName("falcon512")!.GenerateKey();
        byte[] content = Content(FileSignature.Sign(key, "é", "sha512", s_digest).Encode());
        byte[] blob = PublicKey.Of(key).Blob.ToArray();
        byte[] header =
        [
            .. "SSHSIG"u8, 0x51, 0x53, 0, 1, (byte)(blob.Length >> 8), (byte)blob.Length, .. blob,
            2, .. "é"u8, 0, 6, .. "sha512"u8,
        ];
        Assert.Equal(header, content[..header.Length]);
        byte[] rest = content[header.Length..];
        Assert.Equal([.. Size(1 + 9 + 2 + 666), 9, .. "falcon512"u8, .. Size(666)], rest[..14]);
        byte[] message = [.. "QSSH/1 file signature"u8, 0, .. header, 64, .. s_digest];
        Assert.True(key.Algorithm.Verify(key.PublicKey, message, rest.AsSpan(14)));

        static byte[] Size(int value) => [(byte)(value >> 8), (byte)value];
    }

    [Fact]
    public void EverythingSignedIsUnderTheSignature()
    {
        Assert.True(s_signature.Verify(s_digest));
        FileSignature other = FileSignature.Sign(TestKeys.Real, "other", "sha512", s_digest);
        FileSignature shorter = FileSignature.Sign(TestKeys.Real, "file", "sha256", s_digest.AsSpan(0, 32));
        const int Tail = 2 + 1 + 7 + 2 + 2420;
        byte[] tail = Content(s_text)[^Tail..];
        foreach (FileSignature foreign in new[] { other, shorter })
        {
            FileSignature moved = Parse([.. Content(foreign.Encode())[..^Tail], .. tail]);
            Assert.Equal(foreign.Namespace, moved.Namespace);
            Assert.False(moved.Verify(s_digest));
            Assert.False(moved.Verify(s_digest.AsSpan(0, 32)));
        }
    }

    /// <summary>A part of a dual signature, put under the part's own key, verifies nothing.</summary>
    [Fact]
    public void PartsOfADualSignatureMeanNothingAlone()
    {
        using SigningKey key = Dual.GenerateKey();
        FileSignature whole = FileSignature.Sign(key, "git", "sha512", s_digest);
        Assert.True(whole.Verify(s_digest));
        byte[] content = Content(whole.Encode());
        byte[] part = content[^(666 + 2 + 7856)..^(2 + 7856)];
        SignatureAlgorithm falcon = SignatureAlgorithm.FindByName("falcon512")!;
        PublicKey alone = PublicKey.TryCreate(falcon.Scheme, key.PublicKey[..897])!;
        byte[] header = [.. "SSHSIG"u8, 0x51, 0x53, 0, 1, (byte)(alone.Blob.Length >> 8), (byte)alone.Blob.Length, .. alone.Blob, 3, .. "git"u8, 0, 6, .. "sha512"u8];
        FileSignature forged = new(alone, "git", "sha512", header, part);
        Assert.False(forged.Verify(s_digest));

        // Each part is needed: with either one damaged the whole is bad.
        foreach (int at in new[] { content.Length - 1, content.Length - 7856 - 2 - 300 })
        {
            byte[] damaged = [.. content];
            damaged[at] ^= 1;
            Assert.False(Parse(damaged).Verify(s_digest));
        }
    }

    [Fact]
    public void CutAtEveryByteIsRefused()
    {
        for (int length = 0; length < s_text.Length; length++)
            Assert.StartsWith("Couldn't parse signature: ", Refusal(s_text.AsSpan(0, length)), StringComparison.Ordinal);
        byte[] content = Content(s_text);
        for (int length = 1; length < content.Length; length++)
            Refusal(Wrap(content.AsSpan(0, length)));
    }

    [Fact]
    public void EveryChangedByteIsRefusedOrBad()
    {
        byte[] content = Content(s_text);
        for (int at = 0; at < content.Length; at += at is > 60 and < 1300 or > 1400 and < 3600 ? 37 : 1)
        {
            byte[] damaged = [.. content];
            damaged[at] ^= 0x01;
            try
            {
                Assert.False(Parse(damaged).Verify(s_digest), $"byte {at}");
            }
            catch (FailureException)
            {
                // Refused.
            }
        }
    }

    [Fact]
    public void WhatIsLeftOverIsRefused()
    {
        Refusal([.. s_text, (byte)'\n']);
        Refusal([.. s_text, .. s_text]);
        Refusal([(byte)'\n', .. s_text]);
        Refusal(Wrap([.. Content(s_text), 0]));
        Refusal(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(s_text).Replace("\n", " \n")));
        FileSignatureParser.Parse(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(s_text).Replace("\n", "\r\n")));
    }

    [Theory]
    [InlineData(1, "OpenSSH")]
    [InlineData(2, "version 00000002")]
    [InlineData(0x51530002, "version 51530002")]
    public void OtherVersionsSaySo(uint version, string reason)
    {
        byte[] content = Content(s_text);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(6), version);
        Assert.Contains(reason, Refusal(Wrap(content)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----BEGIN PGP SIGNATURE-----\n", "OpenPGP")]
    [InlineData("", "empty")]
    [InlineData("hello\n", "missing header")]
    public void ForeignFilesAreNamed(string text, string reason) => Assert.Contains(reason, Refusal(Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void FieldsAreChecked()
    {
        PublicKey key = PublicKey.Of(TestKeys.Real);
        byte[] good = new byte[2420];
        Parse(Envelope(key, "n"u8, [], "sha512"u8, "mldsa44"u8, good));
        Assert.Contains("empty", Refusal(Wrap(Envelope(key, [], [], "sha512"u8, "mldsa44"u8, good))), StringComparison.Ordinal);
        Assert.Contains("control", Refusal(Wrap(Envelope(key, "a\nb"u8, [], "sha512"u8, "mldsa44"u8, good))), StringComparison.Ordinal);
        Assert.Contains("not text", Refusal(Wrap(Envelope(key, [0xFF], [], "sha512"u8, "mldsa44"u8, good))), StringComparison.Ordinal);
        Assert.Contains("reserved", Refusal(Wrap(Envelope(key, "n"u8, [0], "sha512"u8, "mldsa44"u8, good))), StringComparison.Ordinal);
        Assert.Contains("hash", Refusal(Wrap(Envelope(key, "n"u8, [], "sha1"u8, "mldsa44"u8, good))), StringComparison.Ordinal);
        Assert.Contains("another type", Refusal(Wrap(Envelope(key, "n"u8, [], "sha512"u8, "mldsa65"u8, good))), StringComparison.Ordinal);
        Assert.Contains("length", Refusal(Wrap(Envelope(key, "n"u8, [], "sha512"u8, "mldsa44"u8, good.AsSpan(1)))), StringComparison.Ordinal);
    }

    [Fact]
    public void TooLargeIsRefusedBeforeItIsRead() =>
        Assert.Contains("too large", Refusal([.. s_text, .. new byte[FileSignatureFormat.MaxFileSize]]), StringComparison.Ordinal);

    [Fact]
    public void HashesInPiecesAreHashes() => Prop.ForAll<byte[], byte[]>((first, second) =>
    {
        byte[] all = [.. first, .. second];
        foreach ((string name, byte[] expected) in new[] { ("sha512", SHA512.HashData(all)), ("sha256", SHA256.HashData(all)) })
        {
            PayloadHash hash = PayloadHash.Start(name)!;
            hash.Update(first);
            hash.Update(second);
            Assert.Equal(expected, hash.Finish());
        }
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void RandomBytesNeverCrashTheParsers()
    {
        Random random = new(20261120);
        byte[] content = Content(s_text);
        for (int round = 0; round < 3000; round++)
        {
            byte[] data = [.. round % 2 == 0 ? content : s_text];
            for (int edit = random.Next(1, 6); edit > 0; edit--)
                data[random.Next(round % 4 < 2 ? 80 : data.Length)] = (byte)random.Next(256);
            try
            {
                FileSignatureParser.Parse(round % 2 == 0 ? Wrap(data) : data);
            }
            catch (FailureException e)
            {
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        }
    }

    private static byte[] Content(byte[] text) => Convert.FromBase64String(string.Concat(Encoding.ASCII.GetString(text).Split('\n')[1..^2]));

    private static byte[] Wrap(ReadOnlySpan<byte> content) => Armour.Encode(content, FileSignatureFormat.Begin, FileSignatureFormat.End);

    private static FileSignature Parse(byte[] content) => FileSignatureParser.Parse(Wrap(content));

    private static byte[] Envelope(
        PublicKey key, ReadOnlySpan<byte> space, ReadOnlySpan<byte> reserved, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> type, ReadOnlySpan<byte> signature)
    {
        int inner = 1 + type.Length + 2 + signature.Length;
        return
        [
            .. "SSHSIG"u8, 0x51, 0x53, 0, 1, (byte)(key.Blob.Length >> 8), (byte)key.Blob.Length, .. key.Blob,
            (byte)space.Length, .. space, (byte)reserved.Length, .. reserved, (byte)hash.Length, .. hash,
            (byte)(inner >> 8), (byte)inner, (byte)type.Length, .. type, (byte)(signature.Length >> 8), (byte)signature.Length, .. signature,
        ];
    }

    private static string Refusal(ReadOnlySpan<byte> text)
    {
        try
        {
            FileSignatureParser.Parse(text);
        }
        catch (FailureException e)
        {
            return e.Message;
        }

        Assert.Fail($"{text.Length} bytes were accepted");
        return "";
    }
}

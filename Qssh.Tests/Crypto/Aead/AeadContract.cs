using Qssh.Tests.Support;
using Xunit;
using AeadBase = Qssh.Crypto.Aead.Aead;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>The promises of <see cref="AeadBase"/>, kept by each implementation of both algorithms.</summary>
public abstract class AeadContract
{
    /// <summary>Every length up to this one is tried: more than what an implementation does at once.</summary>
    private protected abstract int LongestOfAll { get; }

    private protected abstract bool IsSupported { get; }

    private protected abstract AeadBase Create(ReadOnlySpan<byte> key);

    /// <summary>By the system's implementation; tag after ciphertext.</summary>
    private protected abstract byte[] SealBySystem(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext);

    private protected abstract void CheckKeyMaterial(ReadOnlySpan<byte> material);

    [Fact]
    public void Agrees_with_the_system_for_each_short_length()
    {
        Random random = new(1);
        for (int length = 0; length <= LongestOfAll; length++)
            CompareWithSystem(random, length, length % 40);
    }

    [Fact]
    public void Agrees_with_the_system_for_random_lengths()
    {
        Random random = new(2);
        for (int i = 0; i < 150; i++)
            CompareWithSystem(random, random.Next(20_000), random.Next(2) == 0 ? random.Next(3) : random.Next(700));
        foreach (int length in (int[])[736, 752, 16_384, 65_536])
            CompareWithSystem(random, length, length % 3);
    }

    [Fact]
    public void Works_at_any_alignment()
    {
        Random random = new(3);
        using AeadBase cipher = New(AeadSupport.Bytes(random, 32));
        byte[] nonce = AeadSupport.Bytes(random, 12), plaintext = AeadSupport.Bytes(random, 752);
        byte[] expected = AeadSupport.Seal(cipher, nonce, [], plaintext);
        for (int shift = 0; shift < 64; shift++)
        {
            byte[] memory = new byte[64 + expected.Length];
            Span<byte> content = memory.AsSpan(shift, plaintext.Length), tag = memory.AsSpan(shift + plaintext.Length, 16);
            plaintext.CopyTo(content);
            cipher.Seal(nonce, [], content, content, tag);
            Assert.Equal(expected, memory.AsSpan(shift, expected.Length));
            Assert.True(cipher.Open(nonce, [], content, tag, content));
            Assert.Equal(plaintext, content);
            Assert.All(memory.AsSpan(0, shift).ToArray(), value => Assert.Equal(0, value));
            Assert.All(memory.AsSpan(shift + expected.Length).ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Refuses_each_flipped_byte_and_wipes_the_output()
    {
        Random random = new(4);
        using AeadBase cipher = New(AeadSupport.Bytes(random, 32));
        byte[] nonce = AeadSupport.Bytes(random, 12), associatedData = AeadSupport.Bytes(random, 2);
        byte[] whole = AeadSupport.Seal(cipher, nonce, associatedData, AeadSupport.Bytes(random, 752));
        foreach (byte[] field in (byte[][])[nonce, associatedData, whole])
        {
            for (int i = 0; i < field.Length; i++)
            {
                byte bit = (byte)(1 << random.Next(8));
                field[i] ^= bit;
                AssertRefused(cipher, nonce, associatedData, whole);
                field[i] ^= bit;
            }
        }

        AssertRefused(cipher, nonce, [], whole);
        AssertRefused(cipher, nonce, [.. associatedData, 0], whole);
        Assert.True(cipher.Open(nonce, associatedData, whole.AsSpan(0, 752), whole.AsSpan(752), new byte[752]));
    }

    [Fact]
    public void Allocates_nothing()
    {
        using AeadBase cipher = New(new byte[32]);
        byte[] frame = new byte[768], nonce = new byte[12];
        bool good = SealAndOpen(cipher, frame, nonce);
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                good &= SealAndOpen(cipher, frame, nonce);
        });
        Assert.Equal(0, allocated);
        Assert.True(good);
    }

    [Fact]
    public void Dispose_wipes_the_key()
    {
        AeadBase cipher = New(AeadSupport.Bytes(new Random(5), 32));
        CheckKeyMaterial(cipher.KeyMaterial);
        Assert.True(cipher.KeyMaterial.ContainsAnyExcept((byte)0));
        cipher.WipeKeyMaterial();
        Assert.False(cipher.KeyMaterial.ContainsAnyExcept((byte)0));
        cipher.Dispose();
        cipher.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cipher.Seal(new byte[12], [], new byte[1], new byte[1], new byte[16]));
        Assert.Throws<ObjectDisposedException>(() => cipher.Open(new byte[12], [], new byte[1], new byte[16], new byte[1]));
    }

    [Fact]
    public void Refuses_wrong_lengths_and_shifted_overlap()
    {
        using AeadBase cipher = New(new byte[32]);
        byte[] memory = new byte[64];
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[11], [], memory, memory, new byte[16]));
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[12], [], memory, new byte[63], new byte[16]));
        Assert.Throws<ArgumentException>(() => cipher.Open(new byte[12], [], memory, new byte[15], memory));
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[12], [], memory.AsSpan(0, 32), memory.AsSpan(1, 32), new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(new byte[31]));
    }

    private AeadBase New(ReadOnlySpan<byte> key)
    {
        Assert.SkipUnless(IsSupported, "this CPU lacks the instructions");
        return Create(key);
    }

    private void CompareWithSystem(Random random, int length, int associatedDataLength)
    {
        byte[] key = AeadSupport.Bytes(random, 32), nonce = AeadSupport.Bytes(random, 12);
        byte[] associatedData = AeadSupport.Bytes(random, associatedDataLength), plaintext = AeadSupport.Bytes(random, length);
        byte[] expected = SealBySystem(key, nonce, associatedData, plaintext);
        using AeadBase cipher = New(key);
        Assert.Equal(expected, AeadSupport.Seal(cipher, nonce, associatedData, plaintext));
        byte[] opened = new byte[length];
        Assert.True(cipher.Open(nonce, associatedData, expected.AsSpan(0, length), expected.AsSpan(length), opened));
        Assert.Equal(plaintext, opened);
    }

    private static void AssertRefused(AeadBase cipher, byte[] nonce, byte[] associatedData, byte[] whole)
    {
        int length = whole.Length - AeadBase.TagSize;
        byte[] inPlace = whole[..length], apart = new byte[length];
        apart.AsSpan().Fill(0xEE);
        Assert.False(cipher.Open(nonce, associatedData, inPlace, whole.AsSpan(length), inPlace));
        Assert.False(cipher.Open(nonce, associatedData, whole.AsSpan(0, length), whole.AsSpan(length), apart));
        Assert.False(inPlace.AsSpan().ContainsAnyExcept((byte)0));
        Assert.False(apart.AsSpan().ContainsAnyExcept((byte)0));
    }

    private static bool SealAndOpen(AeadBase cipher, byte[] frame, byte[] nonce)
    {
        Span<byte> content = frame.AsSpan(0, 752), tag = frame.AsSpan(752);
        cipher.Seal(nonce, [], content, content, tag);
        return cipher.Open(nonce, [], content, tag, content);
    }
}

using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>The promises of <see cref="ChaCha20Poly1305"/>, kept by each implementation that runs on this CPU.</summary>
public sealed class ChaChaContractTests
{
    private const int LongestOfAll = 1100;

    public static TheoryData<string> Implementations => ChaChaSupport.Names;

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Agrees_with_the_system_for_each_short_length(string implementation)
    {
        Random random = new(1);
        for (int length = 0; length <= LongestOfAll; length++)
            CompareWithSystem(implementation, random, length, length % 40);
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Agrees_with_the_system_for_random_lengths(string implementation)
    {
        Random random = new(2);
        for (int i = 0; i < 150; i++)
            CompareWithSystem(implementation, random, random.Next(20_000), random.Next(2) == 0 ? random.Next(3) : random.Next(700));
        foreach (int length in (int[])[736, 752, 16_384, 65_536])
            CompareWithSystem(implementation, random, length, length % 3);
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Works_at_any_alignment(string implementation)
    {
        Random random = new(3);
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, AesGcmSupport.Bytes(random, 32));
        byte[] nonce = AesGcmSupport.Bytes(random, 12), plaintext = AesGcmSupport.Bytes(random, 752);
        byte[] expected = ChaChaSupport.Seal(cipher, nonce, [], plaintext);
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

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Refuses_each_flipped_byte_and_wipes_the_output(string implementation)
    {
        Random random = new(4);
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, AesGcmSupport.Bytes(random, 32));
        byte[] nonce = AesGcmSupport.Bytes(random, 12), associatedData = AesGcmSupport.Bytes(random, 2);
        byte[] whole = ChaChaSupport.Seal(cipher, nonce, associatedData, AesGcmSupport.Bytes(random, 752));
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

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Allocates_nothing(string implementation)
    {
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, new byte[32]);
        byte[] frame = new byte[768], nonce = new byte[12];
        bool good = SealAndOpen(cipher, frame, nonce);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            good &= SealAndOpen(cipher, frame, nonce);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(good);
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Dispose_wipes_the_key(string implementation)
    {
        ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, AesGcmSupport.Bytes(new Random(5), 32));
        Assert.True(cipher.KeyMaterial.Length == 32);
        Assert.True(cipher.KeyMaterial.ContainsAnyExcept((byte)0));
        cipher.WipeKeyMaterial();
        Assert.False(cipher.KeyMaterial.ContainsAnyExcept((byte)0));
        cipher.Dispose();
        cipher.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cipher.Seal(new byte[12], [], new byte[1], new byte[1], new byte[16]));
        Assert.Throws<ObjectDisposedException>(() => cipher.Open(new byte[12], [], new byte[1], new byte[16], new byte[1]));
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Refuses_wrong_lengths_and_shifted_overlap(string implementation)
    {
        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, new byte[32]);
        byte[] memory = new byte[64];
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[11], [], memory, memory, new byte[16]));
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[12], [], memory, new byte[63], new byte[16]));
        Assert.Throws<ArgumentException>(() => cipher.Open(new byte[12], [], memory, new byte[15], memory));
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[12], [], memory.AsSpan(0, 32), memory.AsSpan(1, 32), new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChaChaSupport.Create(implementation, new byte[31]));
    }

    [Fact]
    public void Refuses_an_implementation_this_cpu_lacks()
    {
        foreach (ChaChaImplementation implementation in Enum.GetValues<ChaChaImplementation>().Except(ChaChaSupport.Available))
            Assert.Throws<PlatformNotSupportedException>(() => ChaCha20Poly1305.Create(new byte[32], implementation));
        Assert.Contains(ChaCha20Poly1305.Best, ChaChaSupport.Available);
    }

    private static void CompareWithSystem(string implementation, Random random, int length, int associatedDataLength)
    {
        byte[] key = AesGcmSupport.Bytes(random, 32), nonce = AesGcmSupport.Bytes(random, 12);
        byte[] associatedData = AesGcmSupport.Bytes(random, associatedDataLength), plaintext = AesGcmSupport.Bytes(random, length);
        byte[] expected = new byte[length + 16];
        using (System.Security.Cryptography.ChaCha20Poly1305 system = new(key))
            system.Encrypt(nonce, plaintext, expected.AsSpan(0, length), expected.AsSpan(length), associatedData);

        using ChaCha20Poly1305 cipher = ChaChaSupport.Create(implementation, key);
        Assert.Equal(expected, ChaChaSupport.Seal(cipher, nonce, associatedData, plaintext));
        byte[] opened = new byte[length];
        Assert.True(cipher.Open(nonce, associatedData, expected.AsSpan(0, length), expected.AsSpan(length), opened));
        Assert.Equal(plaintext, opened);
    }

    private static void AssertRefused(ChaCha20Poly1305 cipher, byte[] nonce, byte[] associatedData, byte[] whole)
    {
        int length = whole.Length - ChaCha20Poly1305.TagSize;
        byte[] inPlace = whole[..length], apart = new byte[length];
        apart.AsSpan().Fill(0xEE);
        Assert.False(cipher.Open(nonce, associatedData, inPlace, whole.AsSpan(length), inPlace));
        Assert.False(cipher.Open(nonce, associatedData, whole.AsSpan(0, length), whole.AsSpan(length), apart));
        Assert.False(inPlace.AsSpan().ContainsAnyExcept((byte)0));
        Assert.False(apart.AsSpan().ContainsAnyExcept((byte)0));
    }

    private static bool SealAndOpen(ChaCha20Poly1305 cipher, byte[] frame, byte[] nonce)
    {
        Span<byte> content = frame.AsSpan(0, 752), tag = frame.AsSpan(752);
        cipher.Seal(nonce, [], content, content, tag);
        return cipher.Open(nonce, [], content, tag, content);
    }
}

using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class KeccakPropertyTests
{
    [Fact]
    public void Pieces_absorb_and_squeeze_as_the_whole() => Prop.ForAll<byte[], byte[], byte[]>((first, second, third) =>
    {
        byte[] whole = new byte[300], pieces = new byte[300];
        Qssh.Crypto.Hashes.Shake128.Hash([.. first, .. second, .. third], whole);
        Keccak sponge = Keccak.Shake128();
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Absorb(third);
        int cut = Math.Min(first.Length, pieces.Length);
        sponge.Squeeze(pieces.AsSpan(0, cut));
        sponge.Squeeze(pieces.AsSpan(cut));
        return whole.AsSpan().SequenceEqual(pieces);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_copy_continues_on_its_own()
    {
        Keccak first = Keccak.Sha3_256();
        first.Absorb([1, 2, 3]);
        Keccak second = first;
        first.Absorb([4]);
        byte[] expected = new byte[32], actual = new byte[32];
        Sha3.Hash256([1, 2, 3], expected);
        second.Squeeze(actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_length_around_the_block_agrees_with_the_system_library()
    {
        if (!SHA3_256.IsSupported)
            Assert.Skip("the system library has no SHA-3");
        byte[] data = new byte[600], actual = new byte[32], wide = new byte[64];
        Random.Shared.NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            ReadOnlySpan<byte> message = data.AsSpan(0, length);
            Sha3.Hash256(message, actual);
            Assert.Equal(SHA3_256.HashData(message), actual);
            Sha3.Hash512(message, wide);
            Assert.Equal(SHA3_512.HashData(message), wide);
            Qssh.Crypto.Hashes.Shake256.Hash(message, wide);
            Assert.Equal(System.Security.Cryptography.Shake256.HashData(message, 64), wide);
        }
    }

    [Fact]
    public void Absorbing_after_squeezing_is_the_callers_mistake()
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Squeeze(new byte[1]);
        Assert.Throws<InvalidOperationException>(() => sponge.Absorb([1]));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Sha3_output_has_one_length(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha3.Hash256([], new byte[length]));
}

using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class KeccakPairTests
{
    [Fact]
    public void Both_sponges_give_what_single_sponges_give()
    {
        Random random = new(6);
        for (int length = 0; length < KeccakPair.Shake256Rate; length++)
        {
            byte[] first = new byte[length];
            byte[] second = new byte[length];
            random.NextBytes(first);
            random.NextBytes(second);
            Check(Keccak.Shake128(), Keccak.Shake128(), KeccakPair.Shake128(first, second), first, second, KeccakPair.Shake128Rate);
            Check(Keccak.Shake256(), Keccak.Shake256(), KeccakPair.Shake256(first, second), first, second, KeccakPair.Shake256Rate);
        }
    }

    [Fact]
    public void A_whole_block_or_unequal_inputs_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KeccakPair.Shake256(new byte[136], new byte[136]));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeccakPair.Shake128(new byte[3], new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeccakPair.Shake128(default, default).SqueezeBlocks(new byte[100], new byte[100]));
    }

    private static void Check(Keccak one, Keccak two, KeccakPair pair, byte[] first, byte[] second, int rate)
    {
        byte[] expectedFirst = new byte[3 * rate];
        byte[] expectedSecond = new byte[3 * rate];
        one.Absorb(first);
        one.Squeeze(expectedFirst);
        two.Absorb(second);
        two.Squeeze(expectedSecond);
        byte[] actualFirst = new byte[3 * rate];
        byte[] actualSecond = new byte[3 * rate];
        pair.SqueezeBlocks(actualFirst.AsSpan(0, rate), actualSecond.AsSpan(0, rate));
        pair.SqueezeBlocks(actualFirst.AsSpan(rate), actualSecond.AsSpan(rate));
        Assert.Equal(expectedFirst, actualFirst);
        Assert.Equal(expectedSecond, actualSecond);
    }
}

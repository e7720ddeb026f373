using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class Blake2bTests
{
    /// <summary>RFC 7693, appendix A.</summary>
    [Fact]
    public void Example_abc()
    {
        byte[] hash = new byte[64];
        Blake2b.Hash("abc"u8, hash);
        const string Expected = "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923";
        Assert.Equal(Expected, Convert.ToHexStringLower(hash));
    }

    /// <summary>RFC 7693, appendix E: plain and keyed hashes of several lengths of in- and output, hashed together.</summary>
    [Fact]
    public void Self_test_of_the_standard()
    {
        Blake2b all = Blake2b.Start(32);
        foreach (int size in (int[])[20, 32, 48, 64])
        {
            foreach (int length in (int[])[0, 3, 128, 129, 255, 1024])
            {
                byte[] input = Sequence(length, (uint)length);
                byte[] key = Sequence(size, (uint)size);
                byte[] hash = new byte[size];
                Blake2b.Hash(input, hash);
                all.Update(hash);
                Blake2b keyed = Blake2b.Start(size, key);
                keyed.Update(input);
                keyed.Finish(hash);
                all.Update(hash);
            }
        }

        byte[] result = new byte[32];
        all.Finish(result);
        Assert.Equal("c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475", Convert.ToHexStringLower(result));
    }

    [Fact]
    public void Pieces_give_what_the_whole_gives()
    {
        byte[] data = Sequence(700, 5);
        byte[] expected = new byte[64];
        Blake2b.Hash(data, expected);
        for (int piece = 1; piece <= data.Length; piece++)
        {
            Blake2b function = Blake2b.Start(64);
            for (int at = 0; at < data.Length; at += piece)
                function.Update(data.AsSpan(at, Math.Min(piece, data.Length - at)));
            byte[] actual = new byte[64];
            function.Finish(actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Wrong_lengths_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2b.Start(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2b.Start(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake2b.Start(32, new byte[65]));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            Blake2b function = Blake2b.Start(32);
            function.Finish(new byte[31]);
        });
    }

    /// <summary>selftest_seq of the appendix: a Fibonacci generator.</summary>
    private static byte[] Sequence(int length, uint seed)
    {
        uint a = 0xDEAD4BAD * seed;
        uint b = 1;
        byte[] output = new byte[length];
        for (int i = 0; i < length; i++)
        {
            uint t = a + b;
            a = b;
            b = t;
            output[i] = (byte)(t >> 24);
        }

        return output;
    }
}

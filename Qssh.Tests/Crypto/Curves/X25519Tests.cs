using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Curves;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Curves;

public sealed class X25519Tests
{
    private const int LongestIteration = 1000;

    [Fact]
    public void Rfc_7748_scalar_multiplication()
    {
        using JsonDocument document = Vectors.Load("x25519/rfc7748.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("type").GetString() != "scalarMult")
                continue;
            byte[] result = new byte[X25519.Size];
            Assert.True(X25519.Agree(Vectors.Hex(test, "scalar"), Vectors.Hex(test, "u"), result));
            Assert.Equal(Vectors.Hex(test, "result"), result);
            count++;
        }

        Assert.Equal(6, count);
    }

    [Fact]
    public void Rfc_7748_iteration()
    {
        using JsonDocument document = Vectors.Load("x25519/rfc7748.json");
        int count = 0;
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(document))
        {
            if (group.GetProperty("type").GetString() != "iterated" || test.GetProperty("iterations").GetInt32() > LongestIteration)
                continue;
            Assert.Equal(Vectors.Hex(test, "result"), Iterate(test.GetProperty("iterations").GetInt32()));
            count++;
        }

        Assert.Equal(2, count);
    }

    [Fact]
    public void Wycheproof_and_zero_results_reported()
    {
        using JsonDocument document = Vectors.Load("x25519/wycheproof.json");
        int count = 0;
        int zero = 0;
        foreach ((_, JsonElement test) in Vectors.Tests(document))
        {
            byte[] expected = Vectors.Hex(test, "shared");
            byte[] result = new byte[X25519.Size];
            bool accepted = X25519.Agree(Vectors.Hex(test, "private"), Vectors.Hex(test, "public"), result);
            Assert.Equal(expected, result);
            Assert.Equal(expected.AsSpan().ContainsAnyExcept((byte)0), accepted);
            X25519.Multiply<PortableLadder>(Vectors.Hex(test, "private"), Vectors.Hex(test, "public"), result);
            Assert.Equal(expected, result);
            count++;
            zero += accepted ? 0 : 1;
        }

        Assert.Equal(468, count);
        Assert.True(zero > 0);
    }

    [Fact]
    public void Both_ladders_agree() => Prop.ForAll<byte[]>(Support.Generators.Bytes(64), input =>
    {
        byte[] chosen = new byte[X25519.Size];
        byte[] portable = new byte[X25519.Size];
        X25519.Agree(input.AsSpan(0, 32), input.AsSpan(32), chosen);
        X25519.Multiply<PortableLadder>(input.AsSpan(0, 32), input.AsSpan(32), portable);
        return chosen.AsSpan().SequenceEqual(portable);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_parties_agree() => Prop.ForAll<byte[]>(Support.Generators.Bytes(64), input =>
    {
        byte[] publicA = new byte[32], publicB = new byte[32], sharedA = new byte[32], sharedB = new byte[32];
        X25519.PublicKey(input.AsSpan(0, 32), publicA);
        X25519.PublicKey(input.AsSpan(32), publicB);
        bool ok = X25519.Agree(input.AsSpan(0, 32), publicB, sharedA) && X25519.Agree(input.AsSpan(32), publicA, sharedB);
        return ok && sharedA.AsSpan().SequenceEqual(sharedB);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(31, 32, 32)]
    [InlineData(32, 33, 32)]
    [InlineData(32, 32, 0)]
    public void Wrong_lengths_are_the_callers_mistake(int scalar, int point, int shared) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => X25519.Agree(new byte[scalar], new byte[point], new byte[shared]));

    private static byte[] Iterate(int iterations)
    {
        byte[] k = new byte[X25519.Size];
        k[0] = 9;
        byte[] u = (byte[])k.Clone();
        for (int i = 0; i < iterations; i++)
        {
            byte[] next = new byte[X25519.Size];
            X25519.Agree(k, u, next);
            (u, k) = (k, next);
        }

        return k;
    }
}

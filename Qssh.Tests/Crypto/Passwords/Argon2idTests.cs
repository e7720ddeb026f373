using System.Text.Json;
using Qssh.Crypto.Passwords;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Passwords;

public sealed class Argon2idTests
{
    private static readonly Argon2Parameters s_small = new(32, 1, 2);

    /// <summary>All published cases up to 64 MiB; with QSSH_TEST_ALL=1 the one of 256 MiB too. A build for debugging stops at 1 MiB.</summary>
    [Fact]
    public void Known_answers()
    {
        int most = SlowTests.TakesAll ? int.MaxValue : SlowTests.IsOptimized ? 64 * 1024 : 1024;
        int count = 0;
        int skipped = 0;
        foreach ((JsonElement _, JsonElement test) in Vectors.Tests(Vectors.Load("argon2id/argon2id.json")))
        {
            Argon2Parameters parameters = new(Number(test, "memoryKiB"), Number(test, "passes"), Number(test, "lanes"));
            if (parameters.MemoryKiB > most)
            {
                skipped++;
                continue;
            }

            byte[] tag = new byte[Number(test, "tagLen")];
            Argon2id.DeriveKey(
                Vectors.Hex(test, "password"), Vectors.Hex(test, "salt"), Vectors.Hex(test, "secret"), Vectors.Hex(test, "ad"), parameters, tag);
            Assert.True(Vectors.Hex(test, "tag").AsSpan().SequenceEqual(tag), $"case {test.GetProperty("tcId")}");
            count++;
        }

        Assert.Equal(37, count + skipped);
        if (SlowTests.IsOptimized)
            Assert.InRange(skipped, 0, 1);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(7, 1, 1)]
    [InlineData(31, 1, 4)]
    [InlineData((1 << 20) + 1, 1, 1)]
    [InlineData(int.MaxValue, 1, 1)]
    [InlineData(int.MinValue, 1, 1)]
    [InlineData(1024, 0, 1)]
    [InlineData(1024, -1, 1)]
    [InlineData(1024, 65, 1)]
    [InlineData(1024, int.MaxValue, 1)]
    [InlineData(1024, 1, 0)]
    [InlineData(1024, 1, -4)]
    [InlineData(1024, 1, 17)]
    [InlineData(1024, 1, int.MaxValue)]
    public void Hostile_parameters_are_refused_before_memory_is_taken(int memoryKiB, int passes, int lanes)
    {
        Argon2Parameters parameters = new(memoryKiB, passes, lanes);
        Assert.False(parameters.AreWithinLimits);
        Assert.Throws<ArgumentOutOfRangeException>(() => Argon2id.DeriveKey("password"u8, new byte[16], parameters, new byte[32]));
    }

    [Theory]
    [InlineData(8, 1, 1)]
    [InlineData(1 << 20, 64, 16)]
    [InlineData(128, 64, 16)]
    public void The_limits_themselves_are_within(int memoryKiB, int passes, int lanes) =>
        Assert.True(new Argon2Parameters(memoryKiB, passes, lanes).AreWithinLimits);

    [Fact]
    public void The_largest_memory_fits_a_span() => Assert.Equal(1 << 30, Argon2Filler.MemorySize(new(1 << 20, 1, 1)));

    [Fact]
    public void Short_salts_and_keys_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Argon2id.DeriveKey("password"u8, new byte[7], s_small, new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Argon2id.DeriveKey("password"u8, new byte[8], s_small, new byte[3]));
        Argon2id.DeriveKey(default, new byte[8], s_small, new byte[4]);
    }

    [Fact]
    public void Every_input_changes_the_key()
    {
        byte[][] keys =
        [
            Derive("password", 0, s_small, 32),
            Derive("Password", 0, s_small, 32),
            Derive("password", 1, s_small, 32),
            Derive("password", 0, s_small with { MemoryKiB = 33 }, 32),
            Derive("password", 0, s_small with { Passes = 2 }, 32),
            Derive("password", 0, s_small with { Lanes = 1 }, 32),
            Derive("password", 0, s_small, 33)[..32],
        ];
        Assert.Equal(keys.Length, keys.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(keys[0], Derive("password", 0, s_small, 32));
    }

    private static byte[] Derive(string password, byte salt, Argon2Parameters parameters, int size)
    {
        byte[] key = new byte[size];
        byte[] salts = new byte[16];
        salts[0] = salt;
        Argon2id.DeriveKey(System.Text.Encoding.UTF8.GetBytes(password), salts, parameters, key);
        return key;
    }

    private static int Number(JsonElement test, string name) => test.GetProperty(name).GetInt32();
}

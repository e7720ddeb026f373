using System.Text.Json;
using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>What is refused as a private key, by its flaw. Offsets are those of Falcon-512: f and g of 6 bits, F of 8.</summary>
public sealed class FalconPrivateKeyTests
{
    private const int G = 1 + (512 * 6 / 8), F = G + (512 * 6 / 8);

    private static readonly FalconParameters s_parameters = FalconParameters.Falcon512;

    private readonly byte[] _encoded = Vectors.Hex(Test(), "sk");

    [Fact]
    public void The_published_key_is_taken()
    {
        using FalconPrivateKey? key = FalconPrivateKey.Decode(s_parameters, _encoded);
        Assert.NotNull(key);
        Assert.Equal(Vectors.Hex(Test(), "pk"), key.PublicKey());
        Assert.Equal((1281, 2305), (s_parameters.PrivateKeySize, FalconParameters.Falcon1024.PrivateKeySize));
    }

    [Fact]
    public void The_published_seed_is_the_published_key()
    {
        using SigningKey key = new FalconAlgorithm(s_parameters).KeyFromSeed(Vectors.Hex(Test(), "keygenSeed"));
        Assert.Equal(Vectors.Hex(Test(), "pk"), key.PublicKey.ToArray());
        Assert.Equal(_encoded, key.PrivateForm.ToArray());
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x09)]
    [InlineData(0x5A)]
    [InlineData(0x58)]
    [InlineData(0xD9)]
    public void A_wrong_header(byte header) => AssertRefused(0, header);

    [Fact]
    public void A_wrong_length()
    {
        for (int length = 0; length < _encoded.Length; length++)
            Assert.Null(FalconPrivateKey.Decode(s_parameters, _encoded.AsSpan()[..length]));
        Assert.Null(FalconPrivateKey.Decode(s_parameters, [.. _encoded, 0]));
    }

    /// <summary>-32 in six bits, -128 in eight: no value has that code.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(G)]
    [InlineData(F)]
    public void The_most_negative_value(int offset)
    {
        byte[] encoded = [.. _encoded];
        encoded[offset] = (byte)(offset == F ? 0x80 : 0x80 | (encoded[offset] & 3));
        Assert.Null(FalconPrivateKey.Decode(s_parameters, encoded));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(G)]
    [InlineData(F)]
    public void A_changed_coefficient(int offset)
    {
        byte changed = (byte)(_encoded[offset] ^ 0x10);
        AssertRefused(offset, changed);
    }

    [Fact]
    public void An_f_without_inverse()
    {
        byte[] encoded = [.. _encoded];
        encoded.AsSpan(1, G - 1).Clear();
        Assert.Null(FalconPrivateKey.Decode(s_parameters, encoded));
    }

    /// <summary>g = F = 0 makes G = 0: the equation holds modulo q, but not over the integers.</summary>
    [Fact]
    public void A_solution_modulo_q_only()
    {
        byte[] encoded = [.. _encoded];
        encoded.AsSpan(G).Clear();
        Assert.Null(FalconPrivateKey.Decode(s_parameters, encoded));
    }

    [Fact]
    public void Random_bytes()
    {
        byte[] encoded = new byte[s_parameters.PrivateKeySize];
        for (int i = 0; i < 100; i++)
        {
            Random.Shared.NextBytes(encoded);
            encoded[0] = s_parameters.PrivateKeyHeader;
            Assert.Null(FalconPrivateKey.Decode(s_parameters, encoded));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void Every_value_of_a_width_comes_back(int width)
    {
        int largest = (1 << (width - 1)) - 1;
        sbyte[] values = new sbyte[2 * 256];
        for (int i = 0; i < values.Length; i++)
            values[i] = (sbyte)((i % ((2 * largest) + 1)) - largest);
        byte[] encoded = new byte[values.Length * width / 8];
        sbyte[] decoded = new sbyte[values.Length];
        FalconPrivateEncoding.Encode(values, width, encoded);
        Assert.True(FalconPrivateEncoding.Decode(encoded, width, decoded));
        Assert.Equal(values, decoded);
    }

    private void AssertRefused(int offset, byte value)
    {
        byte[] encoded = [.. _encoded];
        encoded[offset] = value;
        Assert.Null(FalconPrivateKey.Decode(s_parameters, encoded));
    }

    private static JsonElement Test() => Vectors.Tests(Vectors.Load("falcon/kat-512.json")).First().Test;
}

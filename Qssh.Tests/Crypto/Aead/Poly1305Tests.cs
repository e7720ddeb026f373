using System.Numerics;
using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Crypto.Aead;

/// <summary>Against the definition in whole numbers (RFC 8439, section 2.5), with keys and messages at the edges of the arithmetic.</summary>
public sealed class Poly1305Tests
{
    private static readonly BigInteger s_p = (BigInteger.One << 130) - 5;
    private static readonly BigInteger s_clamp = BigInteger.Parse("0ffffffc0ffffffc0ffffffc0fffffff", System.Globalization.NumberStyles.HexNumber);

    [Fact]
    public void Every_number_of_blocks()
    {
        Random random = new(10);
        for (int blocks = 0; blocks < 80; blocks++)
        {
            byte[] key = new byte[32];
            byte[] data = new byte[16 * blocks];
            random.NextBytes(key);
            random.NextBytes(data);
            Assert.Equal(Reference(key, data), Tag(key, data));
            key.AsSpan().Fill(0xFF);
            data.AsSpan().Fill(0xFF);
            Assert.Equal(Reference(key, data), Tag(key, data));
        }
    }

    /// <summary>Sums of blocks 2^128 + x with r = 1 reach every place around p and 2p, where the last reduction decides.</summary>
    [Fact]
    public void Numbers_around_the_prime()
    {
        byte[] key = new byte[32];
        key[0] = 1;
        for (int blocks = 1; blocks <= 24; blocks++)
        {
            for (int delta = -12; delta <= 12; delta++)
            {
                // The last block brings the sum to a multiple of p, and a little to either side.
                BigInteger sum = (blocks * (BigInteger.One << 128)) + ((blocks - 1) * ((BigInteger.One << 128) - 1));
                BigInteger rest = ((s_p - (sum % s_p)) + delta) % s_p;
                if (rest < 0 || rest >= BigInteger.One << 128)
                    continue;
                byte[] data = new byte[16 * blocks];
                data.AsSpan(0, 16 * (blocks - 1)).Fill(0xFF);
                rest.TryWriteBytes(data.AsSpan(16 * (blocks - 1)), out _, isUnsigned: true);
                Assert.Equal(Reference(key, data), Tag(key, data));
            }
        }
    }

    [Fact]
    public void Random_sparse_numbers()
    {
        Random random = new(11);
        for (int i = 0; i < 2000; i++)
        {
            byte[] key = Sparse(random, 32);
            byte[] data = Sparse(random, 16 * random.Next(1, 20));
            Assert.Equal(Reference(key, data), Tag(key, data));
        }
    }

    [Fact]
    public void Pieces_are_padded_and_lengths_are_appended()
    {
        byte[] key = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
        for (int length = 0; length < 300; length++)
        {
            byte[] piece = [.. Enumerable.Range(0, length).Select(value => (byte)value)];
            byte[] padded = [.. piece, .. new byte[-length & 15]];
            byte[] lengths = [.. BitConverter.GetBytes(5L), .. BitConverter.GetBytes((long)length)];
            Poly1305 poly = new(key);
            poly.UpdatePadded([1, 2, 3, 4, 5]);
            poly.UpdatePadded(piece);
            poly.UpdateLengths(5, length);
            byte[] tag = new byte[16];
            poly.Finish(tag);
            Assert.Equal(Reference(key, [1, 2, 3, 4, 5, .. new byte[11], .. padded, .. lengths]), tag);
        }
    }

    private static byte[] Tag(byte[] key, byte[] data)
    {
        Poly1305 poly = new(key);
        poly.UpdatePadded(data);
        byte[] tag = new byte[16];
        poly.Finish(tag);
        return tag;
    }

    private static byte[] Reference(byte[] key, byte[] data)
    {
        BigInteger r = new BigInteger(key.AsSpan(0, 16), isUnsigned: true) & s_clamp;
        BigInteger h = BigInteger.Zero;
        for (int at = 0; at < data.Length; at += 16)
            h = (h + new BigInteger(data.AsSpan(at, 16), isUnsigned: true) + (BigInteger.One << 128)) * r % s_p;
        BigInteger tag = (h + new BigInteger(key.AsSpan(16), isUnsigned: true)) & ((BigInteger.One << 128) - 1);
        byte[] bytes = new byte[16];
        tag.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static byte[] Sparse(Random random, int length)
    {
        byte[] bytes = new byte[length];
        byte fill = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
        foreach (ref byte value in bytes.AsSpan())
            value = random.Next(8) == 0 ? (byte)random.Next(256) : fill;
        return bytes;
    }
}

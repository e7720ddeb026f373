using System.Diagnostics;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Kem;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

public sealed class HybridKemPropertyTests
{
    /// <summary>Encodings of points of small order, from which every scalar gives zero.</summary>
    private static readonly string[] s_smallOrder =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    public static TheoryData<byte> Kems => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Kems))]
    public void Both_sides_agree(byte id)
    {
        HybridKem kem = HybridKem.Find(id)!;
        Prop.ForAll(Support.Generators.Bytes(kem.SeedSize), Support.Generators.Bytes(HybridKem.EncapSeedSize), (seed, encapSeed) =>
        {
            using HybridKemKey key = kem.KeyFromSeed(seed);
            byte[] c = new byte[kem.CiphertextSize], sent = new byte[HybridKem.SecretSize], received = new byte[HybridKem.SecretSize];
            EncapsulatorRole role = (seed[0] & 1) == 0 ? EncapsulatorRole.Client : EncapsulatorRole.Server;
            return kem.EncapsulateDerandomized(key.Share, role, encapSeed, c, sent)
                && key.Decapsulate(c, role, received)
                && sent.AsSpan().SequenceEqual(received);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Another_role_gives_another_ss_in_ch_kem(byte id, bool bound)
    {
        HybridKem kem = HybridKem.Find(id)!;
        using HybridKemKey key = kem.GenerateKey();
        byte[] c = new byte[kem.CiphertextSize], sent = new byte[HybridKem.SecretSize], received = new byte[HybridKem.SecretSize];
        Assert.True(kem.Encapsulate(key.Share, EncapsulatorRole.Server, c, sent));
        Assert.True(key.Decapsulate(c, EncapsulatorRole.Client, received));
        Assert.Equal(sent[..32], received[..32]);
        Assert.Equal(bound, !sent.AsSpan(32).SequenceEqual(received.AsSpan(32)));
    }

    [Theory]
    [MemberData(nameof(Kems))]
    public void Every_flipped_byte_of_a_ciphertext_changes_z(byte id)
    {
        HybridKem kem = HybridKem.Find(id)!;
        using HybridKemKey key = kem.GenerateKey();
        byte[] c = new byte[kem.CiphertextSize], z = new byte[HybridKem.SecretSize], other = new byte[HybridKem.SecretSize];
        Assert.True(kem.Encapsulate(key.Share, EncapsulatorRole.Client, c, z));
        HashSet<string> seen = [Convert.ToHexString(z.AsSpan(32))];
        for (int i = 0; i < c.Length; i++)
        {
            byte flip = (byte)(1 << (i % 8));
            c[i] ^= flip;
            Assert.True(key.Decapsulate(c, EncapsulatorRole.Client, other));
            Assert.True(seen.Add(Convert.ToHexString(other.AsSpan(32))), $"byte {i}");
            c[i] ^= flip;
        }
    }

    [Theory]
    [MemberData(nameof(Kems))]
    public void Either_secret_alone_changes_ss(byte id)
    {
        HybridKem kem = HybridKem.Find(id)!;
        byte[] share = new byte[kem.ShareSize], c = new byte[kem.CiphertextSize], zero = new byte[32], one = new byte[32];
        one[31] = 1;
        HashSet<string> seen = [];
        foreach ((byte[] kx, byte[] km) in new[] { (zero, zero), (zero, one), (one, zero), (one, one) })
        {
            byte[] ss = new byte[32];
            kem.Combine(new HybridInputs(kem, share, c, kx, km), EncapsulatorRole.Server, ss);
            Assert.True(seen.Add(Convert.ToHexString(ss)));
        }
    }

    [Theory]
    [MemberData(nameof(Kems))]
    public void Points_of_small_order_are_refused(byte id)
    {
        HybridKem kem = HybridKem.Find(id)!;
        using HybridKemKey key = kem.GenerateKey();
        foreach (string point in s_smallOrder)
        {
            byte[] share = key.Share.ToArray(), c = Filled(kem.CiphertextSize), z = Filled(HybridKem.SecretSize);
            Convert.FromHexString(point).CopyTo(kem.Classical(share.AsSpan()));
            Assert.False(kem.Encapsulate(share, EncapsulatorRole.Server, c, z), point);
            AssertZero(c, z);
            c = Filled(kem.CiphertextSize);
            z = Filled(HybridKem.SecretSize);
            Convert.FromHexString(point).CopyTo(kem.Classical(c.AsSpan()));
            Assert.False(key.Decapsulate(c, EncapsulatorRole.Server, z), point);
            AssertZero(z);
        }
    }

    [Theory]
    [MemberData(nameof(Kems))]
    public void Unreduced_and_misshapen_input_is_refused(byte id)
    {
        HybridKem kem = HybridKem.Find(id)!;
        using HybridKemKey key = kem.GenerateKey();
        byte[] share = key.Share.ToArray(), c = Filled(kem.CiphertextSize), z = Filled(HybridKem.SecretSize);
        foreach (byte[] wrong in new[] { [], share[..^1], [.. share, 0] })
        {
            Assert.False(kem.Encapsulate(wrong, EncapsulatorRole.Server, c, z));
            AssertZero(c, z);
        }

        Span<byte> ek = kem.PostQuantum(share.AsSpan());
        ek[0] = 0xFF;
        ek[1] |= 0x0F;
        Assert.False(kem.Encapsulate(share, EncapsulatorRole.Server, c, z));
        AssertZero(c, z);
        foreach (int length in new[] { 0, kem.CiphertextSize - 1, kem.CiphertextSize + 1 })
        {
            z = Filled(HybridKem.SecretSize);
            Assert.False(key.Decapsulate(Filled(length), EncapsulatorRole.Server, z));
            AssertZero(z);
        }
    }

    [Theory]
    [MemberData(nameof(Kems))]
    public void Keys_differ_and_end_with_dispose(byte id)
    {
        HybridKem kem = HybridKem.Find(id)!;
        HybridKemKey first = kem.GenerateKey();
        using HybridKemKey second = kem.GenerateKey();
        Assert.False(first.Share.SequenceEqual(second.Share));
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Decapsulate(Filled(kem.CiphertextSize), EncapsulatorRole.Client, new byte[HybridKem.SecretSize]));
    }

    [Theory]
    [MemberData(nameof(Kems))]
    public void Nothing_is_allocated_per_operation(byte id)
    {
        if (typeof(HybridKem).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            Assert.Skip("code that is not optimised boxes inside the library's vectors");
        HybridKem kem = HybridKem.Find(id)!;
        using HybridKemKey key = kem.GenerateKey();
        byte[] c = new byte[kem.CiphertextSize], z = new byte[HybridKem.SecretSize];
        long allocated = 1;
        for (int i = 0; i < 10_000 && allocated != 0; i++) // until the optimised code is in place
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            kem.Encapsulate(key.Share, EncapsulatorRole.Client, c, z);
            key.Decapsulate(c, EncapsulatorRole.Client, z);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Buffers_of_the_wrong_size_are_the_callers_mistake()
    {
        HybridKem kem = HybridKem.Find(1)!;
        using HybridKemKey key = kem.GenerateKey();
        Assert.Throws<ArgumentOutOfRangeException>(() => kem.Encapsulate(key.Share, EncapsulatorRole.Client, new byte[kem.CiphertextSize - 1], new byte[64]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kem.Encapsulate(key.Share, EncapsulatorRole.Client, new byte[kem.CiphertextSize], new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => key.Decapsulate(new byte[kem.CiphertextSize], EncapsulatorRole.Client, new byte[65]));
    }

    private static byte[] Filled(int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(0xA5);
        return bytes;
    }

    private static void AssertZero(params byte[][] buffers)
    {
        foreach (byte[] buffer in buffers)
            Assert.False(buffer.AsSpan().ContainsAnyExcept((byte)0));
    }
}

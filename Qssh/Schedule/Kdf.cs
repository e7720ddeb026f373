using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Schedule;

/// <summary>The three functions of docs/protocol.md, section 1, that everything else is made of. Labels come from <see cref="Labels"/>.</summary>
internal static class Kdf
{
    /// <summary>Chain secrets, traffic secrets, keys and MACs.</summary>
    public const int SecretSize = 32;

    /// <summary>Output of H where nothing else is said.</summary>
    public const int HashSize = 64;

    /// <summary>Nothing that is mixed is longer: K_m ‖ ss.</summary>
    private const int MaximumInputSize = 64;

    private const int MaximumLabelSize = 40;

    /// <summary>H(label, x, n): SHAKE256(label ‖ 00 ‖ x), FIPS 202.</summary>
    public static void Hash(ReadOnlySpan<byte> label, ReadOnlySpan<byte> data, Span<byte> output) => Hash(label, data, default, output);

    /// <summary>H over two joined pieces.</summary>
    public static void Hash(ReadOnlySpan<byte> label, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> output)
    {
        Keccak sponge = StartHash(label);
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Squeeze(output);
        sponge.Clear();
    }

    /// <summary>A sponge that has taken label ‖ 00.</summary>
    public static Keccak StartHash(ReadOnlySpan<byte> label)
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(label);
        sponge.Absorb([0]);
        return sponge;
    }

    /// <summary>Derive: the KMAC key derivation of SP 800-108r1, section 4.4, and every MAC here.</summary>
    public static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output) =>
        Kmac256.Compute(key, context, label, output);

    public static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, Span<byte> output) => Derive(key, label, default, output);

    /// <summary>
    /// Mix: one step of the chain, the one-step key derivation of SP 800-56C r2, section 4, with KMAC256: salt = chain secret,
    /// counter 1, then Z and the fixed info. <paramref name="output"/> may be the memory of <paramref name="chain"/>.
    /// </summary>
    public static void Mix(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> z, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(z.Length, MaximumInputSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Length, MaximumLabelSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(context.Length, HashSize);
        Span<byte> input = stackalloc byte[4 + MaximumInputSize + 2 + 1 + MaximumLabelSize + HashSize];
        try
        {
            BinaryPrimitives.WriteUInt32BigEndian(input, 1);
            int length = 4;
            z.CopyTo(input[length..]);
            length += z.Length;
            BinaryPrimitives.WriteUInt16BigEndian(input[length..], (ushort)z.Length);
            length += 2;
            input[length++] = (byte)label.Length;
            label.CopyTo(input[length..]);
            length += label.Length;
            context.CopyTo(input[length..]);
            length += context.Length;
            Kmac256.Compute(chain, input[..length], "KDF"u8, output);
        }
        finally
        {
            ConstantTime.Wipe(input);
        }
    }
}

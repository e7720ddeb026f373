using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>HKDF (RFC 5869).</summary>
internal static class Hkdf<THash>
    where THash : struct, IHashFunction<THash>
{
    private const int LargestHash = 64;

    /// <summary>RFC 5869, section 2.3: the counter of blocks is one byte.</summary>
    public static int MaximumOutput => 255 * THash.HashSize;

    /// <param name="pseudorandomKey">Exactly as long as the hash.</param>
    public static void Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> inputKey, Span<byte> pseudorandomKey) =>
        Hmac<THash>.Compute(salt, inputKey, pseudorandomKey);

    /// <param name="output">At most <see cref="MaximumOutput"/> bytes.</param>
    public static void Expand(ReadOnlySpan<byte> pseudorandomKey, ReadOnlySpan<byte> info, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(output.Length, MaximumOutput);
        Span<byte> block = stackalloc byte[LargestHash];
        block = block[..THash.HashSize];
        Hmac<THash> keyed = new(pseudorandomKey);
        byte counter = 1;
        for (Span<byte> rest = output; !rest.IsEmpty; counter++)
        {
            Hmac<THash> hmac = keyed;
            if (counter > 1)
                hmac.Update(block);
            hmac.Update(info);
            hmac.Update([counter]);
            hmac.Finish(block);
            int count = Math.Min(block.Length, rest.Length);
            block[..count].CopyTo(rest);
            rest = rest[count..];
        }

        keyed.Clear();
        ConstantTime.Wipe(block);
    }

    /// <summary>Extract, then expand.</summary>
    public static void Derive(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> info, Span<byte> output)
    {
        Span<byte> key = stackalloc byte[LargestHash];
        key = key[..THash.HashSize];
        Extract(salt, inputKey, key);
        Expand(key, info, output);
        ConstantTime.Wipe(key);
    }
}

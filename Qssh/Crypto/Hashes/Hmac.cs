using Qssh.Secrets;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// HMAC (RFC 2104, FIPS 198-1), in one call or in pieces. A value: a copy is an independent continuation, so one that has taken
/// only its key can start many messages.
/// </summary>
internal struct Hmac<THash>
    where THash : struct, IHashFunction<THash>
{
    private const int LargestBlock = 136;
    private const int LargestHash = 64;

    private THash _inner;
    private THash _outer;

    public Hmac(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[LargestBlock];
        block = block[..THash.BlockSize];
        block.Clear();
        if (key.Length <= block.Length)
            key.CopyTo(block);
        else
            HashKey(key, block[..THash.HashSize]);

        _inner = THash.Start();
        _outer = THash.Start();
        foreach (ref byte value in block)
            value ^= 0x36;
        _inner.Update(block);
        foreach (ref byte value in block)
            value ^= 0x36 ^ 0x5C;
        _outer.Update(block);
        ConstantTime.Wipe(block);
    }

    /// <param name="mac">Exactly as long as the hash.</param>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> mac)
    {
        Hmac<THash> hmac = new(key);
        hmac.Update(data);
        hmac.Finish(mac);
    }

    public void Update(scoped ReadOnlySpan<byte> data) => _inner.Update(data);

    /// <summary>Writes the result and wipes the state; the value can then not be used.</summary>
    /// <param name="mac">Exactly as long as the hash.</param>
    public void Finish(scoped Span<byte> mac)
    {
        Span<byte> inner = stackalloc byte[LargestHash];
        inner = inner[..THash.HashSize];
        _inner.Finish(inner);
        _outer.Update(inner);
        _outer.Finish(mac);
        ConstantTime.Wipe(inner);
    }

    /// <summary>Wipes the state; the value can then not be used.</summary>
    public void Clear()
    {
        _inner.Clear();
        _outer.Clear();
    }

    private static void HashKey(ReadOnlySpan<byte> key, Span<byte> hash)
    {
        THash function = THash.Start();
        function.Update(key);
        function.Finish(hash);
    }
}

using System.Runtime.InteropServices;

namespace Qssh.Crypto.Hashes;

/// <summary>SHA-512 (FIPS 180-4, section 6.4), in one call or in pieces.</summary>
internal struct Sha512 : IHashFunction<Sha512>
{
    public const int Size = 64;

    private MerkleDamgard<Sha512Compression> _state;

    public static int HashSize => Size;

    public static int BlockSize => Sha512Compression.BlockSize;

    private static ReadOnlySpan<ulong> InitialHash =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    /// <param name="hash">Exactly 64 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Sha512 function = Start();
        function.Update(data);
        function.Finish(hash);
    }

    public static Sha512 Start() => new() { _state = new(MemoryMarshal.AsBytes(InitialHash)) };

    public void Update(scoped ReadOnlySpan<byte> data) => _state.Update(data);

    public void Finish(scoped Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Size);
        _state.Finish(hash);
    }

    public void Clear() => _state.Clear();
}

using System.Runtime.InteropServices;

namespace Qssh.Crypto.Hashes;

/// <summary>SHA-256 (FIPS 180-4, section 6.2), in one call or in pieces.</summary>
internal struct Sha256 : IHashFunction<Sha256>
{
    public const int Size = 32;

    private MerkleDamgard<Sha256Compression> _state;

    public static int HashSize => Size;

    public static int BlockSize => Sha256Compression.BlockSize;

    internal static ReadOnlySpan<uint> InitialHash =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <param name="hash">Exactly 32 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Sha256 function = Start();
        function.Update(data);
        function.Finish(hash);
    }

    public static Sha256 Start() => new() { _state = new(MemoryMarshal.AsBytes(InitialHash)) };

    public void Update(scoped ReadOnlySpan<byte> data) => _state.Update(data);

    public void Finish(scoped Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Size);
        _state.Finish(hash);
    }

    public void Clear() => _state.Clear();
}

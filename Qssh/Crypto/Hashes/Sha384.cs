using System.Runtime.InteropServices;

namespace Qssh.Crypto.Hashes;

/// <summary>SHA-384 (FIPS 180-4, section 6.5), in one call or in pieces.</summary>
internal struct Sha384 : IHashFunction<Sha384>
{
    public const int Size = 48;

    private MerkleDamgard<Sha512Compression> _state;

    public static int HashSize => Size;

    public static int BlockSize => Sha512Compression.BlockSize;

    private static ReadOnlySpan<ulong> InitialHash =>
    [
        0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
        0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
    ];

    /// <param name="hash">Exactly 48 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        Sha384 function = Start();
        function.Update(data);
        function.Finish(hash);
    }

    public static Sha384 Start() => new() { _state = new(MemoryMarshal.AsBytes(InitialHash)) };

    public void Update(scoped ReadOnlySpan<byte> data) => _state.Update(data);

    public void Finish(scoped Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Size);
        _state.Finish(hash);
    }

    public void Clear() => _state.Clear();
}

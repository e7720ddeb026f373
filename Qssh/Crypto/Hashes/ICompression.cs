namespace Qssh.Crypto.Hashes;

/// <summary>The compression function of a hash of FIPS 180-4, for <see cref="MerkleDamgard{TCompression}"/>.</summary>
internal interface ICompression
{
    public static abstract int BlockSize { get; }

    /// <summary>Bytes that hold the length of the message in the last block.</summary>
    public static abstract int LengthSize { get; }

    /// <param name="state">Words in native order.</param>
    /// <param name="block">One block.</param>
    public static abstract void Compress(Span<byte> state, ReadOnlySpan<byte> block);

    /// <summary>The first words of the state in big-endian order.</summary>
    public static abstract void Write(ReadOnlySpan<byte> state, Span<byte> hash);
}

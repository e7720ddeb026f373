namespace Qssh.Compression;

/// <summary>Packs one direction of one channel, block after block, each of which the other side can unpack when it has come.</summary>
internal abstract class BlockEncoder(int window) : IDisposable
{
    /// <summary>More than the longest possible block, which is cut before it leaves when plain bytes would be shorter.</summary>
    protected const int OutputSize = 4 * BlockDecoder.MaxOutput;

    private readonly byte[] _output = new byte[OutputSize];

    protected MatchFinder Finder { get; } = new(window);

    /// <param name="data">1 to <see cref="BlockDecoder.MaxOutput"/> bytes.</param>
    /// <returns>At most <see cref="BlockDecoder.MaxBlock"/> bytes; a view until the next call.</returns>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, BlockDecoder.MaxOutput);
        Finder.Find(data);
        return _output.AsSpan(0, EncodeBlock(data, _output));
    }

    /// <summary>Plain text of the channel was in there.</summary>
    public void Dispose()
    {
        Finder.Dispose();
        Array.Clear(_output);
    }

    /// <returns>Bytes written.</returns>
    protected abstract int EncodeBlock(ReadOnlySpan<byte> data, Span<byte> output);
}

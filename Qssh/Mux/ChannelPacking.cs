using Qssh.Compression;
using Qssh.Errors;

namespace Qssh.Mux;

/// <summary>
/// Compression of one channel (docs/protocol.md, section 17): what was agreed on, and what each direction remembers. Nothing is remembered,
/// and no memory taken, before the first block of a direction.
/// </summary>
internal sealed class ChannelPacking : IDisposable
{
    /// <summary>Shorter pieces travel as they are: keys and their echoes fit one frame in any case.</summary>
    private const int ShortPiece = 128;

    /// <summary>Pieces that are not even tried, at most, after one that did not shrink: what is packed already costs next to nothing.</summary>
    private const int LongestPause = 64;

    private BlockEncoder? _encoder;
    private BlockDecoder? _decoder;
    private int _pause;
    private int _pauses;
    private long _plainSent;
    private long _packedSent;
    private long _plainReceived;
    private long _packedReceived;
    private bool _isAnswered;

    /// <summary>None: offered, and not answered or refused.</summary>
    public CompressionMethod Method { get; private set; }


    /// <summary>For display: what went into blocks and came out of them.</summary>
    public override string ToString() =>
        $"{CompressionMethods.NameOf(Method)}, sent {_plainSent} as {_packedSent}, received {_plainReceived} as {_packedReceived} bytes";

    /// <summary>The answer to our offer, or our own to the peer's.</summary>
    public void Choose(byte method)
    {
        if (_isAnswered)
            ProtocolException.Throw("compression chosen twice");
        if (method != (byte)CompressionMethod.None && !CompressionMethods.Offered.Contains(method))
            ProtocolException.Throw("compression chosen that was not offered");
        _isAnswered = true;
        Method = (CompressionMethod)method;
    }

    /// <returns>True: this block is sent in place of the data, also if it is longer, as the receiver remembers it. False: the data is sent.</returns>
    public bool TryPack(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (Method == CompressionMethod.None || data.Length < ShortPiece)
            return false;
        if (_pause > 0)
        {
            _pause--;
            return false;
        }

        _encoder ??= CompressionMethods.Encoder(Method);
        block = _encoder.Encode(data);
        _plainSent += data.Length;
        _packedSent += block.Length;
        bool hasShrunk = block.Length < data.Length - (data.Length >> 4);
        _pauses = hasShrunk ? 0 : Math.Min(Math.Max(1, 2 * _pauses), LongestPause);
        _pause = _pauses;
        return true;
    }

    /// <param name="limit">Bytes that the peer may send.</param>
    public ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> block, int limit)
    {
        if (Method == CompressionMethod.None)
            ProtocolException.Throw("compressed data was not agreed on");
        _decoder ??= CompressionMethods.Decoder(Method);
        ReadOnlySpan<byte> data = _decoder.Decode(block, limit);
        _plainReceived += data.Length;
        _packedReceived += block.Length;
        return data;
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _decoder?.Dispose();
        _encoder = null;
        _decoder = null;
    }
}

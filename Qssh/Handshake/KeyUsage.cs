using Qssh.Errors;

namespace Qssh.Handshake;

/// <summary>How much has passed under one key. The zero value is a fresh key.</summary>
internal struct KeyUsage
{
    private long _frames;
    private long _bytes;

    public readonly long Frames => _frames;

    public readonly long Bytes => _bytes;

    /// <summary>Counts frames or records and their bytes.</summary>
    public void Add(int records, long bytes, long maximumFrames)
    {
        if (_frames + records > maximumFrames)
            ProtocolException.Throw(AlertCode.SessionLimit, "more frames under one key than allowed");
        _frames += records;
        _bytes += bytes;
    }

    public readonly bool HasReached(long frames, long bytes) => _frames >= frames || _bytes >= bytes;
}

using Qssh.Platform;

namespace Qssh.Files.Legacy;

/// <summary>
/// The two streams to a peer that speaks scp's old protocol, read and written in turn: each side waits for the other's answer, so nothing is
/// gained by doing two things at once.
/// </summary>
internal sealed class LegacyLink(int input, int output, long? rate = null)
{
    /// <summary>Of a record or a message: a path and some words. What is longer is no line.</summary>
    public const int LongestLine = 8192;

    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private long _allowedAt;

    /// <summary>What data should be cut to, so that a rate is held evenly.</summary>
    public int Piece { get; } = (int)Math.Clamp((rate ?? long.MaxValue) / 10, 1024, 256 * 1024);

    /// <returns>-1: nothing more comes.</returns>
    public int ReadByte() => _start < _end || Fill() ? _buffer[_start++] : -1;

    /// <summary>The rest of a line, without its end. Null: it ends too early or is too long.</summary>
    public string? ReadLine()
    {
        List<byte> line = [];
        while (line.Count <= LongestLine)
        {
            int next = ReadByte();
            if (next < 0)
                return null;
            if (next == '\n')
                return ByteText.From(line.ToArray());
            line.Add((byte)next);
        }

        return null;
    }

    /// <summary>Some bytes, valid until the next call; none: nothing more comes.</summary>
    public ReadOnlySpan<byte> Read(long most)
    {
        if (_start == _end && !Fill())
            return [];
        ReadOnlySpan<byte> data = _buffer.AsSpan(_start, (int)Math.Min(_end - _start, most));
        _start += data.Length;
        Pace(data.Length);
        return data;
    }

    /// <returns>False: nobody takes it.</returns>
    public bool Write(ReadOnlySpan<byte> data)
    {
        Pace(data.Length);
        return WaitingStream.WriteAll(output, data) == 0;
    }

    private bool Fill()
    {
        IoResult result = WaitingStream.Read(input, _buffer.AsSpan(0, Piece));
        _start = 0;
        _end = result.IsOk ? result.Count : 0;
        return _end > 0;
    }

    private void Pace(int bytes)
    {
        if (rate is not { } limit)
            return;
        long now = MonotonicClock.Nanoseconds;
        _allowedAt = Math.Max(_allowedAt, now) + (long)(bytes * 1e9 / limit);
        Thread.Sleep((int)Math.Min((_allowedAt - now) / MonotonicClock.NanosecondsPerMillisecond, 10_000));
    }
}

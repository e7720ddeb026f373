using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Mux;

/// <summary>What happens to input on its way into a channel (the client's escapes); works in place.</summary>
internal interface IInputFilter
{
    /// <returns>The part of the input to send, at its start; what is not returned is dropped.</returns>
    public int Filter(Span<byte> input);
}

/// <summary>
/// Carries one stream into a channel: reads only as much as the peer's window and the connection take, so a slow path stops the reader
/// and nothing is queued. The bytes pass through one buffer per thread, which no await crosses.
/// </summary>
internal sealed class ChannelSource(MuxChannel channel, IStreamEnd input, DataStream stream, IInputFilter? filter = null)
{
    private const int BufferSize = 8 * MuxChannel.MaxData;

    [ThreadStatic]
    private static byte[]? s_buffer;

    private readonly Notifier _wake = new();

    /// <summary>A filter may send one byte of its own, which it held back before.</summary>
    private readonly int _reserve = filter is null ? 0 : 1;
    private bool _stopped;

    /// <summary>Gives this thread's buffer back.</summary>
    public static void ReleaseBuffer() => s_buffer = null;

    /// <summary>There may be capacity again; the channel's handler passes its OnSendable on.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Ends <see cref="RunAsync"/> without reading further; one that waits for input ends when that comes or is disposed.</summary>
    public void Stop()
    {
        _stopped = true;
        _wake.Set();
    }

    /// <summary>Runs until the input ends or fails, the channel closes, or <see cref="Stop"/>.</summary>
    /// <returns>True: the input has ended and all of it was sent.</returns>
    public async ValueTask<bool> RunAsync()
    {
        while (!_stopped && channel.IsOpen)
        {
            if (channel.SendCapacity <= _reserve)
            {
                await _wake.WaitAsync();
                continue;
            }

            if (!await input.ReadableAsync())
                return false;
            if (_stopped || !channel.IsOpen)
                return false;
            switch (Move())
            {
                case Moved.End:
                    return true;
                case Moved.Failed:
                    return false;
            }
        }

        return false;
    }

    private enum Moved
    {
        Some,
        Nothing,
        End,
        Failed,
    }

    private Moved Move()
    {
        int capacity = channel.SendCapacity - _reserve;
        if (capacity <= 0)
            return Moved.Nothing;

        byte[] buffer = s_buffer ??= GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
        Span<byte> space = buffer.AsSpan(0, Math.Min(BufferSize, capacity));
        IoResult result = input.Read(space);
        if (result.WouldBlock)
            return Moved.Nothing;
        // The master of a pseudo-terminal says EIO when the last process on it is gone: that is its end.
        if (!result.IsOk)
            return result.Error == Errno.InputOutput ? Moved.End : Moved.Failed;
        if (result.Count == 0)
            return Moved.End;

        Span<byte> data = space[..result.Count];
        int kept = filter?.Filter(data) ?? data.Length;
        if (kept > 0)
            channel.SendData(stream, data[..kept]);
        return Moved.Some;
    }
}

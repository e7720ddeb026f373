using Qssh.Platform;

namespace Qssh.Files;

/// <summary>
/// Writes local files on a thread of its own, in large pieces: on a fast line half the time of a download is the page cache's, and a slow
/// disk does not keep the connection from being read. Everything is called on the reactor's thread; only sinks are touched on the other.
/// </summary>
internal sealed class FileWriter : IDisposable
{
    /// <summary>Bytes in one buffer.</summary>
    public const int BufferSize = 256 * 1024;

    /// <summary>What is written, what waits, and what is being filled.</summary>
    private const int Buffers = 4;

    private const int StackSize = 128 * 1024;

    private readonly object _gate = new();
    private readonly Queue<Piece> _waiting = [];
    private readonly Stack<byte[]> _free = [];
    private Thread? _thread;
    private int _made;
    private int _unwritten;
    private bool _isOver;

    /// <summary>A buffer to fill; waits while the thread is behind. Null: all of them are being filled for other files.</summary>
    public byte[]? Take()
    {
        lock (_gate)
        {
            while (_free.Count == 0 && _made == Buffers && _unwritten > 0)
                Monitor.Wait(_gate);
            if (_free.TryPop(out byte[]? buffer))
                return buffer;
            if (_made == Buffers)
                return null;
            _made++;
            return GC.AllocateUninitializedArray<byte>(BufferSize);
        }
    }

    /// <summary>Writes the buffer in its turn, and takes it back. After the end of the thread it is written at once, and wiped.</summary>
    public void Write(LocalSink sink, long offset, byte[] buffer, int length)
    {
        if (_isOver)
        {
            sink.Write(offset, buffer.AsSpan(0, length));
            Array.Clear(buffer);
            return;
        }

        lock (_gate)
        {
            _waiting.Enqueue(new Piece(sink, offset, buffer, length));
            _unwritten++;
            Monitor.PulseAll(_gate);
        }

        if (_thread is not null)
            return;
        _thread = new Thread(Run, StackSize) { IsBackground = true, Name = "files" };
        _thread.Start();
    }

    /// <summary>Waits until nothing is left to write.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (_unwritten > 0)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Writes what waits and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        while (_free.TryPop(out byte[]? buffer))
            Array.Clear(buffer);
    }

    private void Run()
    {
        ProcessSettings.WorkBehindOthers();
        while (Next() is { } piece)
        {
            piece.Sink.Write(piece.Offset, piece.Buffer.AsSpan(0, piece.Length));
            lock (_gate)
            {
                _free.Push(piece.Buffer);
                _unwritten--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private Piece? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isOver)
                Monitor.Wait(_gate);
            return _waiting.TryDequeue(out Piece? piece) ? piece : null;
        }
    }

    private sealed class Piece(LocalSink sink, long offset, byte[] buffer, int length)
    {
        public LocalSink Sink => sink;

        public long Offset => offset;

        public byte[] Buffer => buffer;

        public int Length => length;
    }
}

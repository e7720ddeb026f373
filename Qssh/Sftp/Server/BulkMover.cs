using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>
/// Moves the content of files to the session's output inside of the kernel, if that is a pipe. It waits in a pipe of our own first: the
/// reply says its length before it, and a file may become shorter.
/// </summary>
internal sealed class BulkMover : IDisposable
{
    /// <summary>A piece of the largest size that lies across pages, each of which takes a place of a page.</summary>
    private const int PipeSize = 2 * SftpLimits.Data;

    /// <summary>Milliseconds.</summary>
    private const int LongestWait = 10_000;

    private readonly int _output;
    private readonly OwnedFd? _waitingRead;
    private readonly OwnedFd? _waitingWrite;
    private bool _hasDelivered;

    public BulkMover(int output)
    {
        _output = output;
        if (FileStatus.OfDescriptor(output, out FileStatus status) != 0 || status.Kind != FileKind.Fifo)
            return;
        (_waitingRead, _waitingWrite) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: false);
        CanFetch = Descriptor.EnlargePipe(_waitingWrite.Value, PipeSize);
    }

    public bool CanFetch { get; private set; }

    /// <summary>
    /// Ends this way of answering, for a session that changes files: what was delivered shows changes until it is taken, and answers are to show
    /// what was there when they were asked for (draft-ietf-secsh-filexfer-02, section 6.1). Waits until it is taken, yet not for ever for
    /// a client that takes no answers.
    /// </summary>
    public void Stop()
    {
        CanFetch = false;
        long started = Environment.TickCount64;
        while (_hasDelivered && Descriptor.Unread(_output) > 0 && Environment.TickCount64 - started < LongestWait)
            Thread.Sleep(1);
    }

    public void Dispose()
    {
        _waitingRead?.Dispose();
        _waitingWrite?.Dispose();
    }

    /// <summary>Takes a part of a file; <see cref="Deliver"/> comes next.</summary>
    /// <returns>How much it is; 0: nothing could be taken, and reading it tells why.</returns>
    public int Fetch(int file, long offset, int length)
    {
        IoResult result = PipeData.FromFile(file, offset, _waitingWrite!.Value, length);
        return result.IsOk ? result.Count : 0;
    }

    /// <summary>Sends what was fetched.</summary>
    /// <returns>False: nobody takes it.</returns>
    public bool Deliver(int count)
    {
        _hasDelivered = true;
        while (count > 0)
        {
            IoResult result = PipeData.ToStream(_waitingRead!.Value, _output, count);
            if (result.WouldBlock)
                WaitingStream.WaitToWrite(_output);
            else if (!result.IsOk || result.Count == 0)
                return false;
            else
                count -= result.Count;
        }

        return true;
    }
}

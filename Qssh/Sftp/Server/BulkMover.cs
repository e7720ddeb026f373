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

    private readonly int _output;
    private readonly OwnedFd? _waitingRead;
    private readonly OwnedFd? _waitingWrite;

    public BulkMover(int output)
    {
        _output = output;
        if (FileStatus.OfDescriptor(output, out FileStatus status) != 0 || status.Kind != FileKind.Fifo)
            return;
        (_waitingRead, _waitingWrite) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: false);
        CanFetch = Descriptor.EnlargePipe(_waitingWrite.Value, PipeSize);
    }

    public bool CanFetch { get; }

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

using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Sftp.Server;

/// <summary>
/// copy-data (draft-ietf-secsh-filexfer-extensions-00, section 7): from one open file to another without a way over the network. The kernel
/// copies where it can. Between the same file's ranges nothing may overlap, or a copy to the end would never reach it.
/// </summary>
internal sealed class DataCopy(int source, int target)
{
    /// <summary>Small enough for the fallback to end soon, large enough for the kernel.</summary>
    private const int KernelStep = 16 << 20, OwnStep = 128 << 10;

    private byte[]? _buffer;

    public long Copied { get; private set; }

    /// <summary>The source had less than was asked for.</summary>
    public bool EndedEarly { get; private set; }

    /// <param name="length">0: to the end.</param>
    /// <returns>0, or the error number.</returns>
    public int Run(ulong from, ulong length, ulong to)
    {
        if (FileStatus.OfDescriptor(source, out FileStatus read) is not 0 and int readError)
            return readError;
        if (FileStatus.OfDescriptor(target, out FileStatus written) is not 0 and int writeError)
            return writeError;
        // What has no end, such as /dev/zero, is not copied.
        if (read.Kind != FileKind.Regular || from > long.MaxValue || to > long.MaxValue || length > long.MaxValue - Math.Max(from, to))
            return Errno.Invalid;

        bool toEnd = length == 0;
        // As it is now: a file that grows while it is read has its end there.
        ulong left = toEnd ? (ulong)Math.Max(read.Size - (long)from, 0) : length;
        if (read.Identity == written.Identity && from < to + left && to < from + left)
            return Errno.Invalid;
        return Copy((long)from, (long)to, (long)left, toEnd);
    }

    private int Copy(long from, long to, long left, bool toEnd)
    {
        while (left > 0)
        {
            IoResult step = _buffer is null ? FileData.Copy(source, from, target, to, (int)Math.Min(left, KernelStep)) : CopyOurselves(from, to, left);
            // Between file systems, into a file opened for appending, or where the kernel cannot.
            if (_buffer is null && step.Error is Errno.CrossDevice or Errno.Invalid or Errno.NotImplemented or Errno.NotSupported or Errno.BadDescriptor)
            {
                _buffer = new byte[OwnStep];
                continue;
            }

            if (!step.IsOk)
                return step.Error;
            if (step.Count == 0)
            {
                EndedEarly = !toEnd;
                return 0;
            }

            Copied += step.Count;
            from += step.Count;
            to += step.Count;
            left -= step.Count;
        }

        return 0;
    }

    private IoResult CopyOurselves(long from, long to, long left)
    {
        IoResult read = FileData.Read(source, _buffer.AsSpan(0, (int)Math.Min(left, OwnStep)), from);
        if (!read.IsOk)
            return read;
        int error = FileData.Write(target, _buffer.AsSpan(0, read.Count), to);
        return error == 0 ? read : IoResult.Failed(error);
    }
}

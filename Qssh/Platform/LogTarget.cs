using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Where log lines go: standard error, or a file that is appended to. One write per line; a failed write loses the line only.</summary>
internal sealed class LogTarget : IDisposable
{
    private readonly OwnedFd? _file;

    private LogTarget(OwnedFd? file) => _file = file;

    /// <param name="path">Null: standard error.</param>
    public static LogTarget Open(string? path)
    {
        if (path is null)
            return new LogTarget(null);
        OwnedFd? file = Descriptor.Open(path, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_APPEND | Libc.O_CLOEXEC, 0x180, out int error);
        return new LogTarget(file ?? throw new FailureException($"cannot open log file {path}: {Errno.Text(error)}", 1));
    }

    public void Write(ReadOnlyMemory<byte> line) => Descriptor.Write(_file?.Value ?? 2, line.Span);

    public void Dispose() => _file?.Dispose();
}

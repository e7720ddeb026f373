using System.Text;
using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Where log lines go: standard error, a file that is appended to, or the system's log, and standard error again for what that does not
/// take. One write per line; a failed write loses the line only.
/// </summary>
internal sealed class LogTarget : IDisposable
{
    private readonly OwnedFd? _file;
    private readonly SystemLog? _system;

    private LogTarget(OwnedFd? file, SystemLog? system) => (_file, _system) = (file, system);

    /// <param name="path">Null: standard error.</param>
    public static LogTarget Open(string? path)
    {
        if (path is null)
            return new LogTarget(null, null);
        OwnedFd? file = Descriptor.Open(path, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_APPEND | Libc.O_CLOEXEC, 0x180, out int error);
        return new LogTarget(file ?? throw new FailureException($"cannot open log file {path}: {Errno.Text(error)}", 1), null);
    }

    public static LogTarget Of(SystemLog system) => new(null, system);

    /// <param name="line">With its line end.</param>
    public void Write(int severity, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        if (_system is null || !_system.TryWrite(severity, bytes.AsSpan(0, bytes.Length - 1)))
            WriteUnlessFull(_file?.Value ?? 2, bytes);
    }

    /// <summary>A pipe whose reader sleeps must not stop the service.</summary>
    private static void WriteUnlessFull(int fd, ReadOnlySpan<byte> bytes)
    {
        if (Descriptor.IsReady(fd, forWriting: true))
            Descriptor.Write(fd, bytes);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _system?.Dispose();
    }
}

using System.Text;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>The process id in a file (0644) while the server runs; an old one is replaced.</summary>
internal sealed class PidFile : IDisposable
{
    private const uint Mode = 0x1A4; // 0644

    private readonly string? _path;

    private PidFile(string? path) => _path = path;

    /// <param name="path">Empty or "none": no file.</param>
    public static PidFile Write(string path)
    {
        if (path.Length == 0 || path == "none")
            return new PidFile(null);
        try
        {
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(Environment.ProcessId + "\n"), Mode, replace: true);
        }
        catch (FailureException fault)
        {
            throw new FailureException(fault.Message, 1);
        }

        return new PidFile(path);
    }

    public void Dispose()
    {
        if (_path is not null)
            File.Delete(_path);
    }
}

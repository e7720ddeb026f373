using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>An open file or directory of the client's.</summary>
internal sealed class OpenHandle(OwnedFd file, byte[] path, bool isDirectory) : IDisposable
{
    public int File => file.Value;

    /// <summary>As the client named it: for the log.</summary>
    public byte[] Path { get; } = path;

    /// <summary>Null for a file.</summary>
    public DirectoryReader? Directory { get; } = isDirectory ? new DirectoryReader(file.Value) : null;

    public long BytesRead { get; set; }

    public long BytesWritten { get; set; }

    /// <returns>0, or the error number.</returns>
    public int Close() => file.Close();

    public void Dispose() => file.Dispose();
}

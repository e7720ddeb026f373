using System.Text;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// The system's log, by datagrams to /dev/log in the form of RFC 3164: <c>&lt;facility * 8 + severity&gt;tag[pid]: text</c>. The time is the
/// receiver's to add. Never waits: a line that cannot be sent is the caller's again.
/// </summary>
internal sealed unsafe class SystemLog(string tag, int facility, string path = SystemLog.Standard) : IDisposable
{
    public const string Standard = "/dev/log";

    /// <summary>Severities of RFC 3164, section 4.1.1.</summary>
    public const int Error = 3, Warning = 4, Information = 6, Debug = 7;

    private const int PathCapacity = 108; // sockaddr_un

    private readonly string _tag = $"{tag}[{Environment.ProcessId}]: ";
    private OwnedFd? _socket;

    /// <returns>False: nobody took it.</returns>
    public bool TryWrite(int severity, ReadOnlySpan<byte> text)
    {
        byte[] line = [.. Encoding.ASCII.GetBytes($"<{facility * 8 + severity}>{_tag}"), .. text];
        if (_socket is not null && Send(line))
            return true;

        // Not connected yet, or the log was started anew meanwhile.
        Connect();
        return _socket is not null && Send(line);
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private bool Send(byte[] line) => SocketCalls.Send(_socket!.Value, line, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL).IsOk;

    private void Connect()
    {
        Dispose();
        byte[] name = Encoding.UTF8.GetBytes(path);
        if (name.Length >= PathCapacity)
            return;
        int socket = Libc.Socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0)
            return;

        OwnedFd owned = new(socket);
        byte* address = stackalloc byte[sizeof(ushort) + PathCapacity];
        new Span<byte>(address, sizeof(ushort) + PathCapacity).Clear();
        *(ushort*)address = Libc.AF_UNIX;
        name.CopyTo(new Span<byte>(address + sizeof(ushort), PathCapacity));
        if (Libc.Connect(socket, address, (uint)(sizeof(ushort) + name.Length + 1)) == 0)
            _socket = owned;
        else
            owned.Dispose();
    }
}

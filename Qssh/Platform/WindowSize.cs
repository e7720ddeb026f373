using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Size of a terminal in characters and, where known, pixels.</summary>
internal readonly unsafe record struct WindowSize(int Columns, int Rows, int Width = 0, int Height = 0)
{
    /// <summary>Null when it is not a terminal.</summary>
    public static WindowSize? Of(int fd)
    {
        Libc.WindowSizeBuffer size;
        return Libc.Control(fd, Libc.TIOCGWINSZ, &size) == 0 ? new WindowSize(size.Columns, size.Rows, size.Width, size.Height) : null;
    }

    /// <summary>The kernel tells the foreground processes (SIGWINCH) when it differs. Sizes beyond 16 bits are cut to them.</summary>
    public bool Set(int fd)
    {
        var size = new Libc.WindowSizeBuffer { Rows = Cut(Rows), Columns = Cut(Columns), Width = Cut(Width), Height = Cut(Height) };
        return Libc.Control(fd, Libc.TIOCSWINSZ, &size) == 0;
    }

    private static ushort Cut(int value) => (ushort)Math.Clamp(value, 0, ushort.MaxValue);
}

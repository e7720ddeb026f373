using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qssh.Platform.Native;

internal static unsafe partial class Libc
{
    // ioctl numbers of the generic table, which x86 and Arm share.
    public const nuint TCGETS = 0x5401;
    public const nuint TCSETS = 0x5402;
    public const nuint TCSETSW = 0x5403;
    public const nuint TCSETSF = 0x5404;
    public const nuint TIOCSCTTY = 0x540E;
    public const nuint TIOCGPGRP = 0x540F;
    public const nuint TIOCGWINSZ = 0x5413;
    public const nuint TIOCSWINSZ = 0x5414;
    public const nuint TIOCGPTPEER = 0x5441;
    public const nuint TIOCSPTLCK = 0x40045431;
    public const nuint TIOCGPTN = 0x80045430;
    public const int ControlCharacters = 19;

    [InlineArray(ControlCharacters)]
    public struct ControlCharacterArray
    {
        private byte _first;
    }

    /// <summary>The kernel's struct termios. The C library's has another layout and changes with its version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TerminalAttributes
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public ControlCharacterArray Characters;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct WindowSizeBuffer
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "getpgid", SetLastError = true)]
    public static partial int ProcessGroup(int process);
}

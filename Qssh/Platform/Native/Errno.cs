using System.Runtime.InteropServices;

namespace Qssh.Platform.Native;

/// <summary>The error numbers that our code tells apart (Linux, all architectures we build for), and their text.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;          // EPERM
    public const int NoEntry = 2;               // ENOENT
    public const int NoProcess = 3;             // ESRCH
    public const int Interrupted = 4;           // EINTR
    public const int InputOutput = 5;           // EIO
    public const int NoDevice = 6;              // ENXIO
    public const int BadDescriptor = 9;         // EBADF
    public const int NoChild = 10;              // ECHILD
    public const int Again = 11;                // EAGAIN, EWOULDBLOCK
    public const int AccessDenied = 13;         // EACCES
    public const int BadAddress = 14;           // EFAULT
    public const int Exists = 17;               // EEXIST
    public const int CrossDevice = 18;          // EXDEV
    public const int NotDirectory = 20;         // ENOTDIR
    public const int Invalid = 22;              // EINVAL
    public const int TooManyOpenInProcess = 24; // EMFILE
    public const int TooManyOpenInSystem = 23;  // ENFILE
    public const int NotTerminal = 25;          // ENOTTY
    public const int NoSpace = 28;              // ENOSPC
    public const int BrokenPipe = 32;           // EPIPE
    public const int NameTooLong = 36;          // ENAMETOOLONG
    public const int NotImplemented = 38;       // ENOSYS
    public const int TooManyLinks = 40;         // ELOOP
    public const int NotSocket = 88;            // ENOTSOCK
    public const int NotSupported = 95;         // EOPNOTSUPP
    public const int FamilyNotSupported = 97;   // EAFNOSUPPORT
    public const int AddressInUse = 98;         // EADDRINUSE
    public const int AddressNotAvailable = 99;  // EADDRNOTAVAIL
    public const int NetworkUnreachable = 101;  // ENETUNREACH
    public const int ConnectionAborted = 103;   // ECONNABORTED
    public const int ConnectionReset = 104;     // ECONNRESET
    public const int TimedOut = 110;            // ETIMEDOUT
    public const int ConnectionRefused = 111;   // ECONNREFUSED
    public const int HostUnreachable = 113;     // EHOSTUNREACH
    public const int Already = 114;             // EALREADY
    public const int InProgress = 115;          // EINPROGRESS

    /// <summary>The error of the last native call of this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The system's words for an error number, lower case as our messages are.</summary>
    public static string Text(int error)
    {
        string text = Marshal.GetPInvokeErrorMessage(error);
        return text.Length > 1 && char.IsAsciiLetterLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}

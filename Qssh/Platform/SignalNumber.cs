namespace Qssh.Platform;

/// <summary>
/// Signals by number (Linux on x86-64 and Arm) and by the names of RFC 4254 section 6.10, which leave out "SIG". Only these may be
/// asked for by a peer.
/// </summary>
internal static class SignalNumber
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Abort = 6;
    public const int Kill = 9;
    public const int BrokenPipe = 13;
    public const int Terminate = 15;
    public const int Child = 17;
    public const int Continue = 18;
    public const int Stop = 19;
    public const int TerminalStop = 20;
    public const int FileSizeExceeded = 25;
    public const int WindowChanged = 28;

    private static readonly (string Name, int Number)[] s_table =
    [
        ("HUP", Hangup), ("INT", Interrupt), ("QUIT", Quit), ("ILL", 4), ("TRAP", 5), ("ABRT", Abort), ("BUS", 7), ("FPE", 8),
        ("KILL", Kill), ("USR1", 10), ("SEGV", 11), ("USR2", 12), ("PIPE", BrokenPipe), ("ALRM", 14), ("TERM", Terminate),
        ("CHLD", Child), ("CONT", Continue), ("STOP", Stop), ("TSTP", TerminalStop), ("TTIN", 21), ("TTOU", 22), ("XCPU", 24),
        ("XFSZ", FileSizeExceeded), ("VTALRM", 26), ("PROF", 27), ("WINCH", WindowChanged), ("SYS", 31),
    ];

    public static bool TryFind(ReadOnlySpan<char> name, out int number)
    {
        foreach ((string known, int value) in s_table)
        {
            if (!name.SequenceEqual(known))
                continue;
            number = value;
            return true;
        }
        number = 0;
        return false;
    }

    /// <summary>"TERM"; real-time and unknown signals by number, "RT35" style, so that every exit can be told.</summary>
    public static string NameOf(int number)
    {
        foreach ((string name, int value) in s_table)
        {
            if (value == number)
                return name;
        }
        return "RT" + number;
    }
}

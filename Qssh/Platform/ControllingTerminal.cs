using System.Text;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Questions to the person at the terminal, whatever standard input and output are. Answers go into memory of the caller, who
/// wipes it if it holds a secret.
/// </summary>
internal static class ControllingTerminal
{
    private const string Path = "/dev/tty";

    /// <summary>No answer: there is no terminal, or the person ended the input (^D).</summary>
    public const int NoAnswer = -1;

    public static bool Exists
    {
        get
        {
            using OwnedFd? terminal = Open();
            return terminal is not null;
        }
    }

    /// <summary>Asks on a reactor of its own; for commands that have none.</summary>
    /// <returns>Length of the answer without its newline, or <see cref="NoAnswer"/>.</returns>
    public static int Ask(string prompt, bool echo, Memory<byte> answer)
    {
        using var reactor = new Reactor();
        return reactor.Run(() => AskAsync(prompt, echo, answer));
    }

    /// <inheritdoc cref="Ask"/>
    public static async ValueTask<int> AskAsync(string prompt, bool echo, Memory<byte> answer)
    {
        using OwnedFd? terminal = Open();
        return terminal is null ? NoAnswer : await AskOnAsync(terminal.Value, prompt, echo, answer);
    }

    /// <summary>A longer answer than there is room for is cut.</summary>
    internal static async ValueTask<int> AskOnAsync(int terminal, string prompt, bool echo, Memory<byte> answer)
    {
        if (!TerminalSettings.TryGet(terminal, out TerminalSettings settings))
            return NoAnswer;

        TerminalRestorer.Entry entry = TerminalRestorer.Add(terminal, settings);
        try
        {
            // What was typed ahead was not meant for a question about a secret.
            if (!echo)
                settings.ToSilent().Set(terminal, SettingsMoment.AfterOutputDiscardingInput);
            Descriptor.Write(terminal, Encoding.UTF8.GetBytes(prompt));
            return await ReadLineAsync(terminal, answer);
        }
        finally
        {
            if (!echo)
                entry.Restore();
            TerminalRestorer.Remove(entry);
        }
    }

    private static async ValueTask<int> ReadLineAsync(int terminal, Memory<byte> answer)
    {
        using FdWatch watch = Reactor.Current.Watch(terminal);
        byte[] one = new byte[1];
        int length = 0;
        while (true)
        {
            // Byte by byte into the caller's memory: no copy of a secret stays in a buffer, and a pasted second line stays unread.
            IoResult read = Descriptor.Read(terminal, one);
            if (read.WouldBlock)
            {
                await watch.ReadableAsync();
                continue;
            }
            byte value = one[0];
            one[0] = 0;
            if (read is not { IsOk: true, Count: 1 })
                return length > 0 ? length : NoAnswer;
            if (value is (byte)'\n' or (byte)'\r')
                return length;
            if (length < answer.Length)
                answer.Span[length++] = value;
        }
    }

    private static OwnedFd? Open() => Descriptor.Open(Path, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK, 0, out _);
}

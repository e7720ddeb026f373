using Qssh.Platform.Native;
using static Qssh.Platform.TerminalFlags;

namespace Qssh.Platform;

internal enum SettingsMoment
{
    Now,
    AfterOutput,

    /// <summary>After output, and what was typed but not yet read is thrown away.</summary>
    AfterOutputDiscardingInput,
}

/// <summary>The line settings of a terminal (termios).</summary>
internal unsafe struct TerminalSettings
{
    public uint Input;
    public uint Output;
    public uint Control;
    public uint Local;
    private Libc.TerminalAttributes _rest;

    public static bool TryGet(int fd, out TerminalSettings settings)
    {
        Libc.TerminalAttributes attributes = default;
        bool isTerminal = Libc.Control(fd, Libc.TCGETS, &attributes) == 0;
        settings = new TerminalSettings
        {
            Input = attributes.Input,
            Output = attributes.Output,
            Control = attributes.Control,
            Local = attributes.Local,
            _rest = attributes,
        };
        return isTerminal;
    }

    /// <returns>0, or the error number.</returns>
    public readonly int Set(int fd, SettingsMoment moment)
    {
        Libc.TerminalAttributes attributes = _rest;
        (attributes.Input, attributes.Output, attributes.Control, attributes.Local) = (Input, Output, Control, Local);
        nuint request = moment switch
        {
            SettingsMoment.Now => Libc.TCSETS,
            SettingsMoment.AfterOutput => Libc.TCSETSW,
            _ => Libc.TCSETSF,
        };
        int error;
        do
            error = Libc.Control(fd, request, &attributes) == 0 ? 0 : Errno.Last;
        while (error == Errno.Interrupted);
        return error;
    }

    public readonly byte Character(int index) => _rest.Characters[index];

    public void SetCharacter(int index, byte value) => _rest.Characters[index] = value;

    /// <summary>Every byte in, every byte out: no editing, no signals, no translation, no flow control; the remote side does all that.</summary>
    public readonly TerminalSettings ToRaw()
    {
        TerminalSettings raw = this;
        raw.Input |= IGNPAR;
        raw.Input &= ~(BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IUCLC | IXON | IXANY | IXOFF);
        raw.Output &= ~OPOST;
        raw.Local &= ~(ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHONL | IEXTEN);
        raw.SetCharacter(VMIN, 1);
        raw.SetCharacter(VTIME, 0);
        return raw;
    }

    /// <summary>
    /// For a secret: nothing shown but the final newline. No suspend character either, as a shell that resumes us would show what
    /// is typed then.
    /// </summary>
    public readonly TerminalSettings ToSilent()
    {
        TerminalSettings silent = this;
        silent.Local &= ~(ECHO | ECHOE | ECHOK);
        silent.Local |= ECHONL | ICANON | ISIG;
        silent.SetCharacter(VSUSP, Disabled);
        return silent;
    }
}

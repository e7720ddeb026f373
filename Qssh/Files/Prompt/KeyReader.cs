using System.Text;
using Qssh.Platform;

namespace Qssh.Files.Prompt;

/// <summary>What a key means to the editor.</summary>
internal enum Key
{
    Text,
    Enter,
    Tab,
    Left,
    Right,
    Up,
    Down,
    Home,
    LineEnd,
    Backspace,
    Delete,
    KillToEnd,
    KillToStart,
    KillWord,
    Clear,
    Interrupt,
    Nothing,

    /// <summary>No more input.</summary>
    End,
}

internal sealed class KeyPress(Key key, string text = "")
{
    public Key Key => key;

    public string Text => text;
}

/// <summary>Bytes of a terminal as keys: control characters, escape sequences, UTF-8.</summary>
internal sealed class KeyReader(IStreamEnd input)
{
    private const byte Escape = 0x1b;

    private readonly byte[] _buffer = new byte[256];
    private int _end;
    private bool _isOver;

    public async ValueTask<KeyPress> NextAsync()
    {
        while (true)
        {
            if (TryTake() is { } press)
                return press;
            IoResult result = _isOver || _end == _buffer.Length ? new IoResult(0) : input.Read(_buffer.AsSpan(_end));
            if (result.WouldBlock)
                _isOver = !await input.ReadableAsync();
            else if (result.IsOk && result.Count > 0)
                _end += result.Count;
            else
                return new KeyPress(Key.End);
        }
    }

    /// <summary>The first key of what was read; null: it has not come whole.</summary>
    private KeyPress? TryTake()
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, _end);
        if (bytes.IsEmpty)
            return null;
        byte first = bytes[0];
        if (first == Escape)
            return TakeSequence(bytes);
        if (first is < 0x20 or 0x7f)
            return Take(1, Control(first), ((char)first).ToString());
        int length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        return bytes.Length < length ? null : Take(length, Key.Text, Encoding.UTF8.GetString(bytes[..length]));
    }

    private KeyPress Take(int length, Key key, string text = "")
    {
        _buffer.AsSpan(length, _end - length).CopyTo(_buffer);
        _end -= length;
        return new KeyPress(key, text);
    }

    private static Key Control(int code) => code switch
    {
        1 => Key.Home,
        2 => Key.Left,
        3 => Key.Interrupt,
        4 => Key.Delete,
        5 => Key.LineEnd,
        6 => Key.Right,
        8 or 0x7f => Key.Backspace,
        9 => Key.Tab,
        10 or 13 => Key.Enter,
        11 => Key.KillToEnd,
        12 => Key.Clear,
        14 => Key.Down,
        16 => Key.Up,
        21 => Key.KillToStart,
        23 => Key.KillWord,
        _ => Key.Nothing,
    };

    /// <summary>ECMA-48 CSI and SS3 sequences, as terminals send them for keys.</summary>
    private KeyPress? TakeSequence(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return null;
        if (bytes[1] is not ((byte)'[' or (byte)'O'))
            return Take(2, Key.Nothing);
        int parameter = 0;
        for (int i = 2; i < bytes.Length; i++)
        {
            if (bytes[i] is < 0x20 or >= 0x40)
                return Take(i + 1, Named(bytes[i], parameter));
            parameter = bytes[i] is >= (byte)'0' and <= (byte)'9' ? Math.Min(parameter * 10 + bytes[i] - '0', 1000) : parameter;
        }

        return null;
    }

    private static Key Named(int code, int parameter) => code switch
    {
        'A' => Key.Up,
        'B' => Key.Down,
        'C' => Key.Right,
        'D' => Key.Left,
        'H' => Key.Home,
        'F' => Key.LineEnd,
        '~' => parameter switch { 1 or 7 => Key.Home, 4 or 8 => Key.LineEnd, 3 => Key.Delete, _ => Key.Nothing },
        _ => Key.Nothing,
    };
}

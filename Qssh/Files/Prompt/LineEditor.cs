using System.Text;
using Qssh.Platform;

namespace Qssh.Files.Prompt;

/// <summary>Completes the word before the cursor.</summary>
internal interface ICompleter
{
    /// <param name="before">The line up to the cursor.</param>
    /// <returns>How many characters are replaced, and by what; more than one choice is listed.</returns>
    public ValueTask<Completions> CompleteAsync(string before);
}

/// <param name="replaced">Characters before the cursor that the choices stand for.</param>
/// <param name="shown">The choices as they are listed.</param>
/// <param name="insert">What all choices begin with, quoted; with what ends the word if there is only one.</param>
internal sealed class Completions(int replaced, List<string> shown, string insert)
{
    public static readonly Completions None = new(0, [], "");

    public int Replaced => replaced;

    public List<string> Shown => shown;

    public string Insert => insert;
}

/// <summary>
/// One line after the other from a terminal, with history and completion. The terminal is raw only while a line is typed: commands find it
/// as it was, and ^C reaches them as a signal.
/// </summary>
internal sealed class LineEditor : IDisposable
{
    private const int Input = 0, Output = 1;
    private const int MostHistory = 500;

    private readonly StandardStream _stream = StandardStream.Open(Input);
    private readonly KeyReader _keys;
    private readonly LineBuffer _line = new();
    private readonly List<string> _history = [];
    private readonly ICompleter _completer;
    private readonly string _prompt;
    private RawTerminal? _raw;
    private int _recalled;
    private string _typed = "";

    public LineEditor(string prompt, ICompleter completer)
    {
        _prompt = prompt;
        _completer = completer;
        _keys = new KeyReader(_stream);
    }

    /// <returns>Null: the person ended the input.</returns>
    public async ValueTask<string?> ReadAsync()
    {
        if (_raw is null)
            _raw = RawTerminal.Enter(_stream.Descriptor);
        else
            _raw.Resume();
        try
        {
            _line.Set("");
            _recalled = _history.Count;
            Draw();
            return await EditAsync();
        }
        finally
        {
            _raw?.Suspend();
        }
    }

    public void Dispose()
    {
        _raw?.Dispose();
        _stream.Dispose();
    }

    private async ValueTask<string?> EditAsync()
    {
        while (true)
        {
            KeyPress press = await _keys.NextAsync();
            (Key key, string text) = (press.Key, press.Text);
            switch (key)
            {
                case Key.End:
                case Key.Delete when text == "\x04" && _line.Length == 0:
                    Write("\r\n");
                    return null;
                case Key.Enter:
                    Write("\r\n");
                    Remember(_line.Text);
                    return _line.Text;
                case Key.Interrupt:
                    Write("^C\r\n");
                    return "";
                case Key.Tab:
                    await CompleteAsync();
                    break;
                default:
                    Apply(key, text);
                    break;
            }

            Draw();
        }
    }

    private void Apply(Key key, string text)
    {
        switch (key)
        {
            case Key.Text:
                _line.Insert(text);
                break;
            case Key.Left:
                _line.Move(-1);
                break;
            case Key.Right:
                _line.Move(1);
                break;
            case Key.Home:
                _line.MoveTo(0);
                break;
            case Key.LineEnd:
                _line.MoveTo(int.MaxValue);
                break;
            case Key.Backspace:
                _line.DeleteOne(-1);
                break;
            case Key.Delete:
                _line.DeleteOne(1);
                break;
            case Key.KillToEnd:
                _line.DeleteTo(int.MaxValue);
                break;
            case Key.KillToStart:
                _line.DeleteTo(0);
                break;
            case Key.KillWord:
                _line.DeleteWord();
                break;
            case Key.Up:
                Recall(-1);
                break;
            case Key.Down:
                Recall(1);
                break;
            case Key.Clear:
                Write("\x1b[H\x1b[2J");
                break;
        }
    }

    private void Remember(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || (_history.Count > 0 && _history[^1] == line))
            return;
        _history.Add(line);
        if (_history.Count > MostHistory)
            _history.RemoveAt(0);
    }

    private void Recall(int by)
    {
        int wanted = Math.Clamp(_recalled + by, 0, _history.Count);
        if (wanted == _recalled)
            return;
        if (_recalled == _history.Count)
            _typed = _line.Text;
        _recalled = wanted;
        _line.Set(wanted == _history.Count ? _typed : _history[wanted]);
    }

    private async ValueTask CompleteAsync()
    {
        string before = _line.TextBefore;
        Completions found = await _completer.CompleteAsync(before);
        if (found.Shown.Count == 0)
        {
            Write("\a");
            return;
        }

        string replaced = before[(before.Length - found.Replaced)..];
        if (found.Shown.Count > 1 && found.Insert == replaced)
        {
            StringBuilder list = new("\r\n");
            int width = 2;
            foreach (string name in found.Shown)
                width = Math.Max(width, name.Length + 2);
            int each = Math.Max(1, (WindowSize.Of(Output)?.Columns ?? 80) / width);
            for (int i = 0; i < found.Shown.Count; i++)
                list.Append(found.Shown[i].PadRight(width)).Append((i + 1) % each == 0 || i + 1 == found.Shown.Count ? "\r\n" : "");
            Write(list.ToString());
            return;
        }

        _line.DeleteBefore(replaced.Length);
        _line.Insert(found.Insert);
    }

    /// <summary>The part of the line around the cursor that fits behind the prompt.</summary>
    private void Draw()
    {
        int space = Math.Max(10, (WindowSize.Of(Output)?.Columns ?? 80) - _prompt.Length - 1);
        int start = Math.Max(0, _line.Cursor - space), end = Math.Min(_line.Length, start + space);
        int back = end - _line.Cursor;
        Write($"\r{_prompt}{Telemetry.Log.PeerText.Escape(_line.Text[start..end], 4096).Replace(@"\\", @"\")}\x1b[K{(back > 0 ? $"\x1b[{back}D" : "")}");
    }

    private static void Write(string text) => StandardStreams.WriteOutput(text);
}

using Xunit;

namespace Qssh.Tests.Support;

/// <summary>A program on a terminal of its own, which shows "status N" when the program has ended.</summary>
internal sealed class TmuxSession : IDisposable
{
    private readonly string _socket;

    /// <param name="arguments">Of the static executable.</param>
    public TmuxSession(TempHome home, string[] arguments)
        : this(home, string.Join(' ', ((string[])[StaticBinary.Path, .. arguments]).Select(Quote)))
    {
    }

    public TmuxSession(TempHome home, string command, int columns = 100, int rows = 30)
    {
        _socket = home["tmux"];
        Run("-f", "/dev/null", "new-session", "-d", "-x", columns.ToString(), "-y", rows.ToString(), $"stty sane; {command}; echo status $?; sleep 60");
    }

    public string Text => Run("capture-pane", "-p");

    /// <summary>Modes of the terminal as the client left or set them, such as "-icanon".</summary>
    public string Modes
    {
        get
        {
            string terminal = Run("display-message", "-p", "#{pane_tty}").Trim();
            return ProgramRun.Of("stty", ["-a", "-F", terminal]).Text;
        }
    }

    /// <summary>Literal text, or names of keys: "Enter", "C-c".</summary>
    public void Type(params string[] keys) => Run(["send-keys", .. keys]);

    public void Resize(int columns, int rows) => Run("resize-window", "-x", columns.ToString(), "-y", rows.ToString());

    public void WaitFor(string text, int seconds = 10)
    {
        try
        {
            Wait.Until(() => Text.Contains(text, StringComparison.Ordinal), text, seconds);
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"\"{text}\" does not appear on:\n{Text}");
        }
    }

    public void Dispose()
    {
        Run("kill-server");
        File.Delete(_socket);
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";

    private string Run(params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of("tmux", ["-S", _socket, .. arguments], prepare: start =>
        {
            start.Environment.Remove("TMUX");
            start.Environment["TERM"] = "xterm-256color";
            start.Environment["LC_ALL"] = "C.UTF-8";
        });
        return run.ExitCode == 0 ? run.Text : throw new InvalidOperationException($"tmux {arguments[0]}: {run.Errors}");
    }
}

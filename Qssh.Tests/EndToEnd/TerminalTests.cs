using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>The client on a terminal: what a person does in a shell.</summary>
[Collection(EndToEndTests.Name)]
public sealed class TerminalTests(SharedServer server)
{
    [BinaryFact(needs: "tmux")]
    public void A_shell_has_the_size_of_the_terminal_and_follows_it()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("stty size; echo $TERM; tty", "Enter");
        terminal.WaitFor("\n30 100\n");
        terminal.WaitFor("\n/dev/pts/");
        terminal.Resize(120, 40);
        terminal.Type("stty size", "Enter");
        terminal.WaitFor("\n40 120\n");
        terminal.Type("exit 9", "Enter");
        terminal.WaitFor("status 9");
    }

    [BinaryFact(needs: "tmux stty")]
    public void The_terminal_is_raw_in_between_and_itself_again_afterwards()
    {
        using TmuxSession terminal = Shell();
        Assert.Contains("-icanon", terminal.Modes);
        Assert.Contains("-echo ", terminal.Modes);
        terminal.Type("exit", "Enter");
        terminal.WaitFor("status 0");
        Assert.Contains(" icanon", terminal.Modes);
        Assert.Contains(" echo ", terminal.Modes);
    }

    [BinaryTheory(needs: "tmux stty pgrep")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    public void A_signal_leaves_the_terminal_as_it_was(string signal)
    {
        using TmuxSession terminal = Shell();
        string marker = "UserKnownHostsFile=" + server.Home["known_hosts"];
        string client = ProgramRun.Of("pgrep", ["-n", "-f", "--", marker]).Text.Trim();
        Assert.Equal(0, ProgramRun.Of("kill", ["-" + signal, client]).ExitCode);
        terminal.WaitFor("status ");
        Assert.Contains(" icanon", terminal.Modes);
        Assert.Contains(" echo ", terminal.Modes);
    }

    [BinaryFact(needs: "tmux")]
    public void Ctrl_C_interrupts_the_remote_command_only()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("sleep 100; echo interrupted=$?", "Enter");
        Wait.Until(() => ProcessFacts.Descendants(server.Process.Id).Any(IsSleep), "sleep runs");
        terminal.Type("C-c");
        // An interactive shell gives up the rest of the line as well.
        Wait.Until(() => !ProcessFacts.Descendants(server.Process.Id).Any(IsSleep), "sleep ends");
        terminal.Type("echo m$((40+2))", "Enter");
        terminal.WaitFor("\nm42\n");
    }

    [BinaryFact(needs: "tmux vim")]
    public void Vim_starts_and_leaves()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("vim -u NONE -N; echo left=$?", "Enter");
        terminal.WaitFor("VIM - Vi IMproved");
        terminal.Type("iof one line", "Escape");
        terminal.WaitFor("of one line\n~\n");
        terminal.Type(":q!", "Enter");
        terminal.WaitFor("left=0");
    }

    [BinaryFact(needs: "tmux top")]
    public void Top_refreshes_until_it_is_left()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("top -d 0.2; echo left=$?", "Enter");
        terminal.WaitFor("PID ");
        string first = terminal.Text;
        Wait.Until(() => terminal.Text != first, "top shows something new");
        terminal.Type("q");
        terminal.WaitFor("left=0");
    }

    [BinaryFact(needs: "tmux less")]
    public void Less_scrolls_and_leaves_the_screen_as_it_was()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("seq 1000 | less; echo left=$?", "Enter");
        terminal.WaitFor("\n28\n");
        terminal.Type("G");
        terminal.WaitFor("\n1000\n");
        terminal.Type("q");
        terminal.WaitFor("left=0");
        Assert.DoesNotContain("\n999\n", terminal.Text);
    }

    [BinaryFact(needs: "tmux")]
    public void Text_of_any_language_passes()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("printf '%s\\n' 'grüße-€-日本' | tr - _", "Enter");
        terminal.WaitFor("\ngrüße_€_日本\n");
    }

    [BinaryFact(needs: "tmux")]
    public void Tilde_and_dot_disconnect()
    {
        using TmuxSession terminal = Shell();
        terminal.Type("Enter");
        terminal.Type("~?");
        terminal.WaitFor("~.");
        terminal.Type("Enter");
        terminal.Type("~.");
        terminal.WaitFor("status 255");
        Wait.Until(() => ProcessFacts.Descendants(server.Process.Id).Count == 0, "the session's processes end");
    }

    [BinaryFact]
    public void Without_a_terminal_there_is_none_unless_forced()
    {
        Assert.Equal("not a tty\n", server.Client().Run("tty").Text);
        Assert.Contains("/dev/pts/", server.Client("-tt").Run("tty").Text);
        ProgramRun shell = server.Client().Send("echo from a pipe\nexit 4\n"u8.ToArray());
        Assert.Equal((4, "from a pipe\n"), (shell.ExitCode, shell.Text));
    }

    [BinaryFact]
    public void A_forced_terminal_carries_the_status_too() => Assert.Equal(23, server.Client("-tt").Run("exit 23").ExitCode);

    private static bool IsSleep(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm") == "sleep\n";
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Logged in, with a prompt.</summary>
    private TmuxSession Shell()
    {
        TmuxSession terminal = new(server.Home, server.Client().Arguments());
        terminal.Type("PS1='ready> '; clear", "Enter");
        terminal.WaitFor("ready>");
        Wait.Until(() => terminal.Text.TrimEnd() == "ready>", "the screen is clear");
        return terminal;
    }
}

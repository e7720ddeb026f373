using Qssh.Tests.Support;

namespace Qssh.Tests.EndToEnd;

/// <summary>qssh sftp and qssh scp at a terminal, as a person uses them. The file server is a program: what is looked at is on this side.</summary>
[Collection(EndToEndTests.Name)]
public sealed class SftpPromptTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly TempHome _home = new();

    public SftpPromptTests()
    {
        Directory.CreateDirectory(_home["here"]);
        Directory.CreateDirectory(_home["there"]);
    }

    public void Dispose() => _home.Dispose();

    [BinaryFact(needs: "tmux stty")]
    public void Lines_are_edited_and_come_back()
    {
        using TmuxSession terminal = Start();
        Assert.Contains("-icanon", terminal.Modes);
        terminal.Type("pwx", "BSpace", "d", "Enter");
        terminal.WaitFor("Remote working directory: " + _home["there"]);
        terminal.Type("kdir ac", "Left", "b", "C-a", "m", "C-e", "d", "Enter");
        Wait.Until(() => Directory.Exists(_home["there/abcd"]), "mkdir abcd");
        terminal.Type("nonsense", "C-u", "mkdir one two", "C-w", "BSpace", "Enter");
        Wait.Until(() => Directory.Exists(_home["there/one"]), "mkdir one");
        terminal.Type("Up", "Up", "BSpace", "x", "Left", "Left", "DC", "C-e", "rest", "Left", "Left", "C-k", "Enter");
        Wait.Until(() => Directory.Exists(_home["there/abxre"]), "mkdir abxre");
        terminal.Type("typed", "Up", "Down", "C-c", "pwd", "Enter");
        terminal.WaitFor("sftp> typed^C");
        terminal.Type("quit", "Enter");
        terminal.WaitFor("status 0");
        Assert.Contains(" icanon", terminal.Modes);
    }

    [BinaryFact(needs: "tmux")]
    public void Tab_completes_commands_and_names_on_both_sides()
    {
        File.WriteAllText(_home["there/long name.txt"], "x");
        Directory.CreateDirectory(_home["there/dir/sub"]);
        File.WriteAllText(_home["there/f1"], "1");
        File.WriteAllText(_home["there/f2"], "2");
        File.WriteAllText(_home["here/local file"], "y");
        using TmuxSession terminal = Start();
        terminal.Type("rena", "Tab");
        terminal.WaitFor("sftp> rename");
        terminal.Type("C-u", "get lo", "Tab", "Enter");
        Wait.Until(() => File.Exists(_home["here/long name.txt"]), "get of a completed name");
        terminal.Type("put loc", "Tab", "d", "Tab");
        terminal.WaitFor("put \"local file\" dir/");
        terminal.Type("Enter");
        Wait.Until(() => File.Exists(_home["there/dir/local file"]), "put of a completed name into a completed directory");
        terminal.Type("ls f", "Tab");
        terminal.WaitFor("f1  f2");
        terminal.Type("1", "Enter");
        terminal.WaitFor("\nf1\n");
        terminal.Type("cd di", "Tab", "su", "Tab", "Enter", "pwd", "Enter");
        terminal.WaitFor("dir/sub\n");
        terminal.Type("C-d");
        terminal.WaitFor("status 0");
    }

    [BinaryFact(needs: "tmux")]
    public void A_transfer_shows_how_far_it_is()
    {
        File.WriteAllBytes(_home["there/big"], Enumerable.Repeat((byte)1, 3 * Megabyte).ToArray());
        using TmuxSession terminal = Start("-l 12000");
        terminal.Type("get big", "Enter");
        terminal.WaitFor("ETA");
        terminal.WaitFor("100% 3072KB");
        terminal.Resize(60, 20);
        terminal.Type("progress", "Enter");
        terminal.WaitFor("Progress meter disabled");
        terminal.Type("progress", "Enter", "put big again", "Enter");
        terminal.WaitFor("Uploading big to ");
        terminal.WaitFor("ETA");
        // No line of the meter is wider than the terminal is by now.
        Wait.Until(() => terminal.Text.Split('\n').Any(line => line.StartsWith("big ", StringComparison.Ordinal) && line.Contains("100%") && line.Length <= 60), "a line that fits");
        terminal.Type("bye", "Enter");
        terminal.WaitFor("status 0");
    }

    [BinaryTheory(needs: "tmux")]
    [InlineData("get big")]
    [InlineData("put big")]
    public void Ctrl_C_ends_the_transfer_and_not_the_session(string command)
    {
        bool down = command[0] == 'g';
        File.WriteAllBytes(_home[down ? "there/big" : "here/big"], Enumerable.Repeat((byte)1, 50 * Megabyte).ToArray());
        using TmuxSession terminal = Start("-l 8000");
        terminal.Type(command, "Enter");
        terminal.WaitFor("ETA");
        terminal.Type("C-c");
        terminal.WaitFor("was stopped");
        Assert.InRange(new FileInfo(_home[down ? "here/big" : "there/big"]).Length, 0, 49 * Megabyte);
        terminal.Type("pwd", "Enter");
        terminal.WaitFor("Remote working directory");
        terminal.Type("exit", "Enter");
        terminal.WaitFor("status 0");
    }

    [BinaryFact(needs: "tmux")]
    public void Names_with_escapes_do_nothing_to_the_terminal()
    {
        File.WriteAllText(_home["there/bad\u001b]0;title\a\u001b[2Jname"], "x");
        File.WriteAllText(_home["there/good"], "x");
        using TmuxSession terminal = Start();
        terminal.Type("ls -1", "Enter");
        terminal.WaitFor(@"bad\u{1b}]0;title");
        terminal.WaitFor("\ngood");
        terminal.Type("ls b", "Tab", "BSpace", "Enter");
        terminal.WaitFor("\nbad");
        terminal.Type("get b*", "Enter");
        terminal.WaitFor("not found");
        Assert.Empty(Directory.GetFileSystemEntries(_home["here"]));
        terminal.Type("C-d");
        terminal.WaitFor("status 0");
    }

    [BinaryFact(needs: "tmux")]
    public void Long_lines_scroll_and_local_commands_have_the_terminal()
    {
        using TmuxSession terminal = Start();
        terminal.Resize(40, 20);
        terminal.Type("mkdir " + new string('a', 60), "Home", "Right", "End", "b", "Enter");
        Wait.Until(() => Directory.Exists(_home["there/" + new string('a', 60) + "b"]), "mkdir of a long name");
        terminal.Type("!echo re''ady; read x; echo got $x; stty -a | grep -c ' icanon'", "Enter");
        terminal.WaitFor("\nready");
        terminal.Type("a word", "Enter");
        terminal.WaitFor("got a word\n1\nsftp>");
        terminal.Type("C-d");
        terminal.WaitFor("status 0");
    }

    [BinaryFact(needs: "tmux")]
    public void Scp_shows_how_far_it_is()
    {
        File.WriteAllBytes(_home["there/big"], new byte[3 * Megabyte]);
        using TmuxSession terminal = new(_home, $"cd {_home["here"]}; {StaticBinary.Path} scp -l 12000 -D '{StaticBinary.Path} sftp-server' h:{_home["there/big"]} copy");
        terminal.WaitFor("ETA");
        terminal.WaitFor("100% 3072KB");
        terminal.WaitFor("status 0");
        Assert.Equal(3 * Megabyte, new FileInfo(_home["here/copy"]).Length);
    }

    private TmuxSession Start(string options = "")
    {
        TmuxSession terminal = new(
            _home, $"cd {_home["here"]}; SHELL=/bin/sh {StaticBinary.Path} sftp {options} -D '{StaticBinary.Path} sftp-server -d {_home["there"]}'");
        terminal.WaitFor("sftp>");
        return terminal;
    }
}

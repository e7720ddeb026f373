using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>The README's first command, with the executable that is there.</summary>
[Collection(EndToEndTests.Name)]
public sealed class QuickstartTests
{
    private static readonly string s_script = Path.Combine(Repository.Root, "scripts", "quickstart");

    [BinaryFact]
    public void A_command_runs_and_its_status_comes_back()
    {
        ProgramRun run = ProgramRun.Of(s_script, ["id -un; cat; exit 7"], "input"u8.ToArray(), start => start.WorkingDirectory = "/");
        Assert.Equal((7, Environment.UserName + "\ninput"), (run.ExitCode, run.Text));
        AssertNothingIsLeft();
    }

    [BinaryFact]
    public void Without_a_command_it_tells_how_it_got_in()
    {
        ProgramRun run = ProgramRun.Of(s_script, []);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            @"\Alogged in: \S+ on \S+, in /.*\ntier:      T2 .*\nsuite:     \S+\nhost key:  \S+ SHA256:\S{43}\nuser key:  \S+ SHA256:\S{43}\ntime:      [0-9.]+ ms .*\n\z",
            run.Text);
        AssertNothingIsLeft();
    }

    [BinaryFact(needs: "tmux")]
    public void On_a_terminal_it_is_a_shell()
    {
        using TempHome home = new();
        using TmuxSession terminal = new(home, s_script);
        terminal.WaitFor("A shell of");
        terminal.Type("test -t 0 && exit $((4+5))", "Enter");
        terminal.WaitFor("status 9");
        AssertNothingIsLeft();
    }

    private static void AssertNothingIsLeft() =>
        Assert.Empty(Directory.GetDirectories(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".qssh-quickstart.*"));
}

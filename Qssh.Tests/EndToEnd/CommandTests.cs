using System.Diagnostics;
using System.Text;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Commands through a login: status, streams, ends of streams.</summary>
[Collection(EndToEndTests.Name)]
public sealed class CommandTests(SharedServer server)
{
    [BinaryTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(254)]
    [InlineData(255)]
    public void Exit_status_is_the_commands(int status) => Assert.Equal(status, server.Client().Run($"exit {status}").ExitCode);

    [BinaryTheory]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    [InlineData("INT", 130)]
    public void A_signal_is_reported_as_128_and_its_number(string signal, int status) =>
        Assert.Equal(status, server.Client().Run($"kill -{signal} $$").ExitCode);

    [BinaryFact]
    public void Output_and_errors_are_separate_and_nothing_is_added()
    {
        ProgramRun run = server.Client().Run("echo out; echo err >&2");
        Assert.Equal((0, "out\n", "err\n"), (run.ExitCode, run.Text, run.Errors));
    }

    [BinaryFact]
    public void Every_byte_passes_unchanged()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(all, server.Client().Send(all, "cat").Output);
        Assert.Equal(all, server.Client("-T").Send(all, "cat").Output);
    }

    [BinaryFact]
    public void Ten_megabytes_come_back_identical()
    {
        byte[] data = new byte[10_000_000];
        new Random(1).NextBytes(data);
        ProgramRun run = server.Client().Send(data, "cat");
        Assert.Equal(0, run.ExitCode);
        Assert.True(data.AsSpan().SequenceEqual(run.Output), $"{run.Output.Length} bytes came back");
    }

    [BinaryFact]
    public void Errors_carry_bytes_as_well()
    {
        ProgramRun run = server.Client().Send(Encoding.ASCII.GetBytes(new string('e', 1_000_000)), "cat >&2");
        Assert.Equal((0, 0, 1_000_000), (run.ExitCode, run.Output.Length, run.Errors.Length));
    }

    [BinaryFact]
    public void The_end_of_input_is_passed_on_and_output_still_comes()
    {
        ProgramRun run = server.Client().Send("x"u8.ToArray(), "cat; sleep 0.2; echo after");
        Assert.Equal((0, "xafter\n"), (run.ExitCode, run.Text));
        Assert.Equal("0\n", server.Client("-n").Send("ignored"u8.ToArray(), "wc -c").Text);
    }

    [BinaryFact]
    public void A_command_may_end_before_its_input()
    {
        ProgramRun run = server.Client().Send(new byte[5_000_000], "exit 3");
        Assert.Equal(3, run.ExitCode);
    }

    [BinaryFact]
    public void Words_are_joined_with_blanks_and_read_by_the_remote_shell() =>
        Assert.Equal("a b  c\n", server.Client().Run("echo", "a", "b", "'", "c'").Text);

    [BinaryFact]
    public void A_command_may_be_long()
    {
        string text = new('l', 120_000);
        Assert.Equal(text.Length + 1, server.Client().Run($"echo {text}").Output.Length);
    }

    [BinaryFact]
    public void The_session_starts_in_the_home_with_a_clean_environment()
    {
        string[] lines = server.Client().Run("pwd; env | cut -d= -f1").Text.Split('\n');
        Assert.Equal(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), lines[0]);
        Assert.Contains("SSH_CONNECTION", lines);
        Assert.Contains("USER", lines);
        Assert.DoesNotContain("QSSH_BINARY", lines);
    }

    [BinaryFact]
    public void Nothing_but_the_three_streams_is_open_in_the_session() =>
        Assert.Equal("0 1 2", string.Join(' ', server.Client().Run("/bin/sh -c 'ls /proc/$$/fd'").Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order()));

    [BinaryFact]
    public void A_killed_client_takes_its_command_along()
    {
        string mark = server.Home["left"];
        using Process client = server.Client().Start($"echo $$ > {mark}; cat");
        Wait.Until(() => File.Exists(mark) && File.ReadAllText(mark).EndsWith('\n'), "the command runs");
        int command = int.Parse(File.ReadAllText(mark));
        client.Kill();
        client.WaitForExit();
        Wait.Until(() => !ProcessFacts.Exists(command), "the command has ended");
    }
}

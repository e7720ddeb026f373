using System.Diagnostics;
using System.Text;
using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class HelperProgramTests
{
    [Fact]
    public void What_a_program_prints_is_its_answer() => Assert.Equal("a\nb\n", Encoding.UTF8.GetString(Run("echo a; echo b; echo c >&2").Output!));

    [Theory]
    [InlineData("echo a; echo oops >&2; exit 3", "status 3: oops")]
    [InlineData("exit 3", "status 3")]
    [InlineData("kill -TERM $$", "signal TERM")]
    [InlineData("head -c 2000000 /dev/zero", "more than 1048576 bytes")]
    [InlineData("exec yes", "more than 1048576 bytes")]
    public void A_program_that_fails_gives_no_answer(string script, string fault)
    {
        HelperResult result = Run(script);
        Assert.Null(result.Output);
        Assert.StartsWith(fault, result.Fault);
    }

    [Fact]
    public void Exactly_the_limit_is_an_answer() => Assert.Equal(HelperProgram.MaxOutput, Run($"head -c {HelperProgram.MaxOutput} /dev/zero").Output?.Length);

    [Fact]
    public void Complaints_without_end_do_not_hang() => Assert.Equal("a\n", Encoding.UTF8.GetString(Run("head -c 1000000 /dev/zero >&2; echo a").Output!));

    [Theory]
    [InlineData("echo a; exec sleep 60")]
    [InlineData("exec sleep 60 >&-")]
    [InlineData("sleep 3 & exec sleep 60")]
    public void A_program_without_end_is_ended(string script)
    {
        long started = Stopwatch.GetTimestamp();
        HelperResult result = Run(script, 300);
        Assert.Equal((null, "no answer within 0.3 s"), (result.Output, result.Fault));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_program_that_is_not_there_is_a_fault() => Assert.Contains("no such file", Run("", program: "/nonexistent/program").Fault);

    [Fact]
    public void The_reactor_does_other_work_meanwhile()
    {
        int ticks = 0;
        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            ReactorTimer timer = null!;
            timer = Reactor.Current.Schedule(TimeSpan.FromMilliseconds(20), () =>
            {
                ticks++;
                timer.Restart(TimeSpan.FromMilliseconds(20));
            });
            await HelperProgram.RunAsync(Starter("/bin/sh", "sleep 0.4"), HelperProgram.Patience);
            timer.Cancel();
            return 0;
        });
        Assert.True(ticks > 3, ticks.ToString());
    }

    private static HelperResult Run(string script, int patience = 10_000, string program = "/bin/sh")
    {
        HelperResult result = default;
        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            result = await HelperProgram.RunAsync(Starter(program, script), TimeSpan.FromMilliseconds(patience));
            return 0;
        });
        return result;
    }

    private static Func<int, int, int, ChildProcess> Starter(string program, string script) => (input, output, error) =>
        ChildProcess.Start(new SpawnRequest(program, [program, "-c", script]) { Descriptors = [input, output, error], Environment = ["PATH=/usr/bin:/bin"] });
}

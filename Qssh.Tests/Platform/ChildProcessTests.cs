using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class ChildProcessTests
{
    private static void Run(Func<Reactor, ValueTask> body)
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            await body(reactor);
            return 0;
        });
    }

    private static SpawnRequest Shell(string script, params int[] descriptors) =>
        new("/bin/sh", ["sh", "-c", script]) { Descriptors = descriptors };

    private static async ValueTask<(string Output, ExitResult Exit)> CaptureAsync(string script, params string[] environment)
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(true, false);
        using OwnedFd none = Descriptor.Open("/dev/null", Libc.O_RDONLY, 0, out _)!;
        using ChildProcess child = ChildProcess.Start(Shell(script, none.Value, write.Value, write.Value) with { Environment = environment });
        write.Dispose();
        string output = await Streams.ReadToEndAsync(read);
        return (output, await child.ExitAsync());
    }

    [Fact]
    public void Every_status_comes_back() => Run(async reactor =>
    {
        for (int status = 0; status < 256; status++)
        {
            using ChildProcess child = ChildProcess.Start(Shell($"exit {status}"));
            ExitResult result = await child.ExitAsync();
            Assert.Equal((status, 0, status), (result.Status, result.Signal, result.ShellStatus));
            Assert.Equal(result, await child.ExitAsync());
            Assert.False(child.Kill(9));
        }
    });

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("KILL")]
    [InlineData("PIPE")]
    [InlineData("TERM")]
    [InlineData("USR1")]
    public void Signals_come_back(string name) => Run(async reactor =>
    {
        Assert.True(SignalNumber.TryFind(name, out int number));
        using ChildProcess child = ChildProcess.Start(Shell("exec sleep 60"));
        Assert.False(child.HasExited);
        Assert.True(child.Kill(number));
        ExitResult result = await child.ExitAsync();
        Assert.True(result.WasSignalled);
        Assert.Equal(name, SignalNumber.NameOf(result.Signal));
        Assert.Equal(128 + number, result.ShellStatus);
    });

    [Fact]
    public void A_child_has_only_what_it_was_given() => Run(async reactor =>
    {
        // Descriptors of ours that would be inherited: without close-on-exec, as a careless library opens them.
        using OwnedFd careless = Descriptor.Open("/dev/null", Libc.O_RDONLY, 0, out _)!;
        Libc.FileControl(careless.Value, Libc.F_SETFD, 0);
        (string output, ExitResult exit) = await CaptureAsync("cd /proc/self/fd && echo * && env", "A=1");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // The shell has the directory open while it lists it.
        Assert.StartsWith("0 1 2", lines[0]);
        Assert.True(lines[0].Split(' ').Length <= 4, lines[0]);
        Assert.Equal(["A=1"], lines[1..].Where(line => !line.StartsWith("PWD=") && !line.StartsWith("OLDPWD=") && !line.StartsWith('_')));
        Assert.Equal(0, exit.Status);
    });

    [Fact]
    public void Signals_are_at_their_defaults_in_a_child() => Run(async reactor =>
    {
        (string output, _) = await CaptureAsync("cat /proc/self/status");
        // 32 and 33 are the C library's own, which its posix_spawn leaves ignored.
        Assert.Matches("SigBlk:\t0{16}\nSigIgn:\t0{7}[01][08]0{7}\nSigCgt:\t0{16}\n", output);
    });

    [Fact]
    public void Descriptors_are_mapped_even_when_they_overlap() => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(true, false);
        using OwnedFd file = Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _)!;
        // 2 becomes 0 and 0 becomes 2, while 1 gets the pipe.
        using ChildProcess child = ChildProcess.Start(Shell("readlink /proc/self/fd/0 /proc/self/fd/2 /proc/self/fd/5; echo $?", 2, write.Value, 0, file.Value, file.Value, file.Value));
        write.Dispose();
        string output = await Streams.ReadToEndAsync(read);
        string zero = new FileInfo("/proc/self/fd/2").LinkTarget!, two = new FileInfo("/proc/self/fd/0").LinkTarget!;
        Assert.Equal($"{zero}\n{two}\n/dev/null\n0\n", output);
        await child.ExitAsync();
    });

    [Fact]
    public void Failure_to_start_says_why() => Run(reactor =>
    {
        var failure = Assert.Throws<FailureException>(() => ChildProcess.Start(new SpawnRequest("/no/such", ["such"])));
        Assert.Equal("cannot start /no/such: no such file or directory", failure.Message);
        return ValueTask.CompletedTask;
    });

    [Fact]
    public void Disposed_children_are_reaped_and_descriptors_do_not_leak() => Run(async reactor =>
    {
        int before = Directory.GetFiles("/proc/self/fd").Length;
        var ids = new List<int>();
        for (int i = 0; i < 50; i++)
        {
            ChildProcess child = ChildProcess.Start(Shell("sleep 0.05"));
            ids.Add(child.Id);
            child.Dispose();
        }
        for (int i = 0; i < 100 && ids.Any(id => Directory.Exists($"/proc/{id}")); i++)
            await reactor.DelayAsync(TimeSpan.FromMilliseconds(20));
        Assert.All(ids, id => Assert.False(Directory.Exists($"/proc/{id}")));
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 2);
    });

    [Fact]
    public void Signal_sources_post_to_the_reactor() => Run(async reactor =>
    {
        using var source = new SignalSource(reactor);
        var seen = new Notifier();
        int windows = 0;
        source.On(System.Runtime.InteropServices.PosixSignal.SIGWINCH, () =>
        {
            Assert.True(reactor.IsCurrent);
            windows++;
            seen.Set();
        });
        source.On(SignalNumber.Terminate, seen.Set);
        long start = MonotonicClock.Nanoseconds;
        Libc.Kill(Libc.ProcessId(), SignalNumber.WindowChanged);
        await seen.WaitAsync();
        Assert.Equal(1, windows);
        Assert.InRange(MonotonicClock.Nanoseconds - start, 0, 5_000_000_000);
        Libc.Kill(Libc.ProcessId(), SignalNumber.Terminate);
        await seen.WaitAsync();
    });

    [Fact]
    public void Signal_names_and_numbers_agree()
    {
        for (int number = 1; number < 32; number++)
        {
            string name = SignalNumber.NameOf(number);
            if (!name.StartsWith("RT"))
                Assert.True(SignalNumber.TryFind(name, out int back) && back == number);
        }
        Assert.False(SignalNumber.TryFind("SIGTERM", out _));
        Assert.False(SignalNumber.TryFind("", out _));
        Assert.Equal("RT35", SignalNumber.NameOf(35));
    }
}

using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class SessionChildTests
{
    private const uint Nobody = 65534;

    private static ChildPlan Plan(string command) => new()
    {
        Uid = UserIdentity.IsRoot ? Nobody : UserIdentity.Uid,
        Gid = UserIdentity.IsRoot ? Nobody : UserIdentity.Gid,
        Groups = [Nobody, 100],
        UserName = "nobody",
        Home = "/tmp",
        Program = "/bin/sh",
        Arguments = ChildPlan.ShellCommand("/bin/sh", command),
        Environment = ["HOME=/tmp", "USER=nobody", "PATH=/usr/bin:/bin"],
    };

    private static (string Output, string Error, ExitResult Exit) Run(ChildPlan plan)
    {
        string output = "", error = "";
        ExitResult exit = default;
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            (OwnedFd outRead, OwnedFd outWrite) = Descriptor.Pipe(true, false);
            (OwnedFd errRead, OwnedFd errWrite) = Descriptor.Pipe(true, false);
            using OwnedFd none = Descriptor.Open("/dev/null", Libc.O_RDONLY, 0, out _)!;
            using ChildProcess child = SessionChild.Start(plan, none.Value, outWrite.Value, errWrite.Value);
            outWrite.Dispose();
            errWrite.Dispose();
            output = await Streams.ReadToEndAsync(outRead);
            error = await Streams.ReadToEndAsync(errRead);
            exit = await child.ExitAsync();
            return 0;
        });
        return (output, error, exit);
    }

    [Fact]
    public void A_command_runs_as_the_user_and_nothing_of_ours_is_there()
    {
        (string output, string error, ExitResult exit) = Run(Plan(
            "id -u; id -g; id -G; pwd; umask; env | grep -v -e ^_ -e PWD= -e SHLVL= | sort; echo /proc/self/fd/*; ulimit -Sn; cat /proc/self/status; exit 7"));
        Assert.Equal("", error);
        string[] lines = output.TrimEnd().Split('\n');
        if (UserIdentity.IsRoot)
            Assert.Equal(["65534", "65534", "65534 100"], lines[..3]);
        Assert.Equal(["/tmp", "0022", "HOME=/tmp", "PATH=/usr/bin:/bin", "USER=nobody"], lines[3..8]);
        Assert.StartsWith("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2", lines[8]);
        Assert.True(lines[8].Split(' ').Length <= 4, lines[8]);
        Assert.Equal("1024", lines[9]);
        if (UserIdentity.IsRoot)
            Assert.Contains("\nUid:\t65534\t65534\t65534\t65534\nGid:\t65534\t65534\t65534\t65534\n", output);
        Assert.Matches("\nSigBlk:\t0{16}\nSigIgn:\t0{16}\nSigCgt:\t0{16}\n", output);
        Assert.Equal(7, exit.Status);
    }

    [Fact]
    public void A_plan_survives_its_journey()
    {
        ChildPlan plan = Plan(new string('ü', 60_000)) with
        {
            Limits = [new LimitPlan(7, 100, ulong.MaxValue)],
            HasTerminal = true,
            FileModeMask = 0x3F,
            Home = "/home/ü ñ",
        };
        ChildPlan back = ChildPlan.Read(plan.Write());
        Assert.Equal(plan.Write(), back.Write());
        Assert.Equal(plan.Arguments, back.Arguments);
        Assert.Equal(plan.Limits, back.Limits);
        byte[] content = plan.Write();
        for (int length = 0; length < 200; length++)
            Assert.Throws<FailureException>(() => ChildPlan.Read(content.AsSpan(0, length)));
        Assert.Throws<FailureException>(() => ChildPlan.Read([.. content, 0]));
        Assert.Throws<FailureException>(() => ChildPlan.Read(Enumerable.Repeat((byte)0xFF, 1000).ToArray()));
    }

    [Fact]
    public void A_long_command_arrives()
    {
        string word = new('x', 131_000 - 40);
        (string output, _, ExitResult exit) = Run(Plan($"w='{word}'; echo ${{#w}}"));
        Assert.Equal($"{word.Length}\n", output);
        Assert.Equal(0, exit.Status);
    }

    [Fact]
    public void A_missing_home_is_told_and_a_missing_shell_ends_the_session()
    {
        (string output, string error, ExitResult exit) = Run(Plan("pwd") with { Home = "/no/such/home" });
        Assert.Equal("/\n", output);
        Assert.Equal("qssh: cannot enter home directory /no/such/home: no such file or directory; starting in /\r\n", error);
        Assert.Equal(0, exit.Status);

        (output, error, exit) = Run(Plan("pwd") with { Program = "/no/such/shell" });
        Assert.Equal("", output);
        Assert.Equal("qssh: cannot execute /no/such/shell: no such file or directory\r\n", error);
        Assert.Equal(SessionChild.Failure, exit.Status);
    }

    [Fact]
    public void The_user_and_not_root_enters_the_home_directory()
    {
        Assert.SkipUnless(UserIdentity.IsRoot, "only root can drop to another user");
        string home = Directory.CreateTempSubdirectory().FullName;
        File.SetUnixFileMode(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (string output, string error, _) = Run(Plan("pwd") with { Home = home });
        Assert.Equal("/\n", output);
        Assert.Contains("permission denied", error);
        Directory.Delete(home);
    }

    [Fact]
    public void By_hand_it_only_explains_itself()
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(SelfExecutable.Path, [SessionChild.Command])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(SessionChild.Failure, process.ExitCode);
        Assert.Equal("qssh: this command is for the server's own use\r\n", error);
    }
}

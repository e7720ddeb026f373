using System.Text;
using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

/// <summary>A user's shell on a pseudo-terminal, through a session child in its own process.</summary>
[Collection(nameof(ProcessWide))]
public sealed class PtySessionTests
{
    private static ChildPlan Plan(params string[] arguments)
    {
        bool root = UserIdentity.IsRoot;
        return new ChildPlan
        {
            Uid = root ? 65534 : UserIdentity.Uid,
            Gid = root ? 65534 : UserIdentity.Gid,
            UserName = "nobody",
            Home = "/tmp",
            Program = "/bin/sh",
            Arguments = arguments,
            Environment = ["HOME=/tmp", "PATH=/usr/bin:/bin", "TERM=dumb"],
            HasTerminal = true,
        };
    }

    private static void Run(ChildPlan plan, Func<Session, ValueTask> body)
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            using PseudoTerminal pty = PseudoTerminal.Open();
            pty.SetOwner(plan.Uid, plan.Gid, 5);
            pty.Resize(new WindowSize(100, 30));
            int slave = pty.Slave.Value;
            using ChildProcess child = SessionChild.Start(plan, slave, slave, slave);
            pty.Slave.Dispose();
            using FdWatch watch = reactor.Watch(pty.Master.Value);
            await body(new Session(reactor, pty, child, watch));
            return 0;
        });
    }

    [Fact]
    public void A_command_has_the_terminal_and_the_user() => Run(Plan(ChildPlan.ShellCommand("/bin/sh", "tty; id -u; echo $HOME; stty size; ps -o tty= -p $$; exit 3").ToArray()), async session =>
    {
        string output = await session.ReadToEndAsync();
        string[] lines = output.Split("\r\n", StringSplitOptions.TrimEntries);
        Assert.Equal(session.Pty.Name, lines[0]);
        Assert.Equal(UserIdentity.IsRoot ? "65534" : UserIdentity.Uid.ToString(), lines[1]);
        Assert.Equal("/tmp", lines[2]);
        Assert.Equal("30 100", lines[3]);
        Assert.Equal(session.Pty.Name["/dev/".Length..], lines[4]);
        Assert.Equal(3, (await session.Child.ExitAsync()).Status);
    });

    [Fact]
    public void A_login_shell_has_job_control_resizes_and_hangs_up() => Run(Plan(ChildPlan.LoginShell("/bin/sh").ToArray()), async session =>
    {
        // Answers are spelled so that the terminal's echo of the question is not one of them.
        await session.TypeAsync("echo $0\n", "-sh\r\n");
        await session.TypeAsync("trap 'echo got-winch' WINCH; echo s''et\n", "set\r\n");
        session.Pty.Resize(new WindowSize(81, 25));
        await session.TypeAsync("\n", "got-winch");
        await session.TypeAsync("stty size\n", "25 81");
        await session.TypeAsync("sleep 100\n", "sleep 100\r\n");
        await session.Reactor.DelayAsync(TimeSpan.FromMilliseconds(200));
        await session.TypeAsync("\x03", "^C"); // ends the sleep and not the shell
        await session.TypeAsync("echo status $?\n", "status 130");
        await session.TypeAsync("sleep 100\n", "sleep 100\r\n");
        await session.Reactor.DelayAsync(TimeSpan.FromMilliseconds(200));
        Assert.True(session.Pty.SignalForeground(SignalNumber.Terminate));
        await session.TypeAsync("echo status $?\n", "status 143");
        session.Watch.Dispose();
        session.Pty.Master.Dispose(); // the connection is gone
        ExitResult exit = await session.Child.ExitAsync();
        Assert.Equal(SignalNumber.Hangup, exit.Signal);
    });

    [Fact]
    public void A_session_may_be_killed_as_a_group() => Run(Plan(ChildPlan.ShellCommand("/bin/sh", "echo ready; sleep 100 | cat").ToArray()), async session =>
    {
        await session.ReadUntilAsync("ready");
        Assert.True(session.Child.KillGroup(SignalNumber.Terminate));
        Assert.Equal(SignalNumber.Terminate, (await session.Child.ExitAsync()).Signal);
    });

    private sealed class Session(Reactor reactor, PseudoTerminal pty, ChildProcess child, FdWatch watch)
    {
        private readonly StringBuilder _seen = new();

        public Reactor Reactor => reactor;

        public PseudoTerminal Pty => pty;

        public ChildProcess Child => child;

        public FdWatch Watch => watch;

        public async ValueTask TypeAsync(string keys, string answer)
        {
            _seen.Clear();
            Assert.True(Descriptor.Write(pty.Master.Value, Encoding.UTF8.GetBytes(keys)).IsOk);
            await ReadUntilAsync(answer);
        }

        public async ValueTask ReadUntilAsync(string text)
        {
            ReactorTimer deadline = reactor.Schedule(TimeSpan.FromSeconds(20), () => throw new TimeoutException($"no '{text}' in '{_seen}'"));
            while (!_seen.ToString().Contains(text) && await StepAsync())
            {
            }
            deadline.Cancel();
            Assert.Contains(text, _seen.ToString());
        }

        public async ValueTask<string> ReadToEndAsync()
        {
            while (await StepAsync())
            {
            }
            return _seen.ToString();
        }

        private async ValueTask<bool> StepAsync()
        {
            byte[] buffer = new byte[4096];
            IoResult read = Descriptor.Read(pty.Master.Value, buffer);
            if (read.WouldBlock)
                return await watch.ReadableAsync();
            if (!read.IsOk)
                return false;
            _seen.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            return read.Count > 0;
        }
    }
}

using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Root logs other people in, and anybody else himself only.</summary>
[Collection(EndToEndTests.Name)]
public sealed class AccountTests
{
    [BinaryFact(needs: "useradd userdel", root: true)]
    public void A_login_becomes_the_account_entirely()
    {
        using TestAccount account = new();
        using ServerProcess server = ServerProcess.Start(account.Files);
        ClientRun client = As(server);
        Assert.Equal(ProgramRun.Of("id", [TestAccount.Name]).Text, client.Run("id").Text);
        string[] lines = client.Run("pwd; echo $HOME $USER $LOGNAME $SHELL; umask; grep -E '^(Uid|Gid|CapEff|CapPrm|CapAmb):' /proc/self/status; ls /root").Text.Split('\n');
        Assert.Equal((account.Home, $"{account.Home} {TestAccount.Name} {TestAccount.Name} /bin/sh", "0022"), (lines[0], lines[1], lines[2]));
        Assert.Equal(
            [
                "Uid:\t" + string.Join('\t', Enumerable.Repeat(account.Uid, 4)), "Gid:\t" + string.Join('\t', Enumerable.Repeat(account.Gid, 4)),
                "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapAmb:\t0000000000000000", "",
            ],
            lines[3..]);
    }

    [BinaryFact(needs: "useradd userdel tmux", root: true)]
    public void The_terminal_belongs_to_the_account()
    {
        using TestAccount account = new();
        using ServerProcess server = ServerProcess.Start(account.Files);
        using TmuxSession terminal = new(server.Home, As(server).Arguments());
        terminal.Type("stat -c %U:%a=$((1+1)) $(tty)", "Enter");
        terminal.WaitFor($"{TestAccount.Name}:620=2");
        terminal.Type("exit 5", "Enter");
        terminal.WaitFor("status 5");
    }

    [BinaryFact(needs: "useradd userdel", root: true)]
    public void Keys_are_found_in_the_accounts_home_if_it_is_safe()
    {
        using TestAccount account = new();
        // Without the AuthorizedKeysFile of other tests.
        using ServerProcess server = ServerProcess.Launch(
            account.Files, [StaticBinary.Path, "server", "-D", "-e", "-f", "none", "-o", "LogLevel=DEBUG1", "-h", account.Files["host"]]);
        ClientRun client = As(server);
        Assert.Equal(255, client.Run("true").ExitCode);

        string directory = Path.Combine(account.Home, ".qssh");
        Directory.CreateDirectory(directory);
        File.Copy(account.Files["id.pub"], Path.Combine(directory, "authorized_keys"));
        account.Own(directory);
        Assert.Equal(TestAccount.Name + "\n", client.Run("id -un").Text);

        File.SetUnixFileMode(account.Home, (UnixFileMode)0x1FF); // 0777: anybody could put keys there
        Assert.Equal(255, client.Run("true").ExitCode);
        server.WaitForLog("bad ownership or modes for directory");
    }

    [BinaryFact(needs: "useradd userdel usermod", root: true)]
    public void A_locked_account_and_an_expired_one_are_refused()
    {
        using TestAccount account = new();
        using ServerProcess server = ServerProcess.Start(account.Files);
        account.Change("-L");
        ProgramRun locked = As(server).Run("echo in");
        Assert.Equal((255, ""), (locked.ExitCode, locked.Text));
        server.WaitForLog("the account is locked");
        account.Change("-p", "*");
        Assert.Equal("in\n", As(server).Run("echo in").Text);
        account.Change("-e", "1");
        ProgramRun expired = As(server).Run("echo in");
        Assert.Equal((255, ""), (expired.ExitCode, expired.Text));
        server.WaitForLog("the account has expired");
    }

    [BinaryFact(needs: "useradd userdel", root: true)]
    public void An_account_without_a_login_shell_is_refused()
    {
        using TestAccount account = new("/bin/false");
        using ServerProcess server = ServerProcess.Start(account.Files);
        ProgramRun run = As(server).Run("echo in");
        Assert.Equal((255, ""), (run.ExitCode, run.Text));
        server.WaitForLog("the account has no login shell");
    }

    [BinaryFact(needs: "useradd userdel setpriv", root: true)]
    public void Without_root_the_server_serves_its_own_user_only()
    {
        using TestAccount account = new();
        TempHome home = account.Files;
        string binary = home["qssh"];
        File.Copy(StaticBinary.Path, binary);
        account.Own(home.Path);
        using ServerProcess own = ServerProcess.Launch(
            home,
            [
                "setpriv", "--reuid", TestAccount.Name, "--regid", TestAccount.Name, "--init-groups", "--reset-env",
                binary, .. ServerProcess.Arguments(home)[1..],
            ]);
        own.WaitForLog($"running as {TestAccount.Name}, not root: only that user can log in");
        ClientRun client = new(home, own.Port) { User = TestAccount.Name };
        Assert.Equal(ProgramRun.Of("id", [TestAccount.Name]).Text, client.Run("id").Text);
        Assert.Equal(255, new ClientRun(home, own.Port) { User = "root" }.Run("true").ExitCode);
        own.WaitForLog("failed publickey for root");
    }

    private static ClientRun As(ServerProcess server) => new(server.Home, server.Port) { User = TestAccount.Name };
}

/// <summary>An account of the machine for the time of one test.</summary>
internal sealed class TestAccount : IDisposable
{
    public const string Name = "qsshtest";

    public TestAccount(string shell = "/bin/sh")
    {
        Remove(); // of a run that was killed
        // "*": no password, and not locked, as useradd leaves an account otherwise.
        Command("useradd", "-m", "-s", shell, "-p", "*", Name);
        string[] fields = File.ReadLines("/etc/passwd").Single(line => line.StartsWith(Name + ":", StringComparison.Ordinal)).Split(':');
        (Uid, Gid, Home) = (fields[2], fields[3], fields[5]);
        Files = new TempHome(Home);
    }

    public string Uid { get; }

    public string Gid { get; }

    public string Home { get; }

    /// <summary>Keys of a server that this account can log in to; they go away with it.</summary>
    public TempHome Files { get; }

    public void Change(params string[] options) => Command("usermod", [.. options, Name]);

    public void Own(string path) => Command("chown", "-R", $"{Name}:", path);

    public void Dispose() => Remove();

    private static void Remove()
    {
        if (File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal)))
            Command("userdel", "-f", "-r", Name);
    }

    private static void Command(string program, params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(StaticBinary.Find(program)!, arguments);
        // userdel: 12 says that there was no mail spool to remove.
        if (run.ExitCode != 0 && !(program == "userdel" && run.ExitCode == 12))
            throw new InvalidOperationException($"{program}: {run.Errors}");
    }
}

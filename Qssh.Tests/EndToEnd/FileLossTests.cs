using System.Diagnostics;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>scp and sftp where no session of file transfer comes to be, or does not last, or has few descriptors.</summary>
[Collection(EndToEndTests.Name)]
public sealed class FileLossTests : IDisposable
{
    private const string Server = "/usr/lib/openssh/sftp-server";

    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [BinaryTheory]
    [InlineData("MaxSessions=10", "subsystem request failed on channel 0")]
    [InlineData("MaxSessions=0", "the server opens no session")]
    public void A_refusal_that_comes_with_the_login_is_told(string option, string reason)
    {
        using ServerProcess server = ServerProcess.Start(_home, "-o", option);
        File.WriteAllText(_home["batch"], "pwd\n");
        string[] common = ["-F", "none", "-i", _home["id"], "-o", "UserKnownHostsFile=" + _home["known_hosts"], "-o", "GlobalKnownHostsFile=none", "-P", server.Port.ToString()];
        string host = $"{Environment.UserName}@127.0.0.1";
        ProgramRun run = Run(StaticBinary.Path, ["sftp", .. common, "-s", "nosuch", "-b", _home["batch"], host]);
        Assert.Equal((255, true), (run.ExitCode, run.Errors.Contains(reason)));
        if (option.EndsWith("=0", StringComparison.Ordinal))
            run = Run(StaticBinary.Path, ["scp", .. common, _home["batch"], host + ":"]);
        Assert.Equal((255, true), (run.ExitCode, run.Errors.Contains(reason)));
    }

    /// <summary>At 125,000 bytes in a second most of the time nothing is on its way.</summary>
    [BinaryTheory("timeout")]
    [InlineData("scp -l 1000 -S ours big dies:x")]
    [InlineData("scp -l 1000 -S ours dies:big x")]
    [InlineData("scp -l 1000 -S ours -3 dies:big stays:x")]
    [InlineData("scp -l 1000 -S ours -3 stays:big dies:x")]
    [InlineData("scp -r -l 1000 -S ours tree dies:x")]
    [InlineData("scp -r -l 1000 -S ours dies:tree x")]
    public void A_server_that_dies_while_a_rate_holds_the_copy_back_ends_it(string command)
    {
        File.WriteAllBytes(_home["big"], new byte[3_000_000]);
        Directory.CreateDirectory(_home["tree/sub"]);
        foreach (string name in (string[])["tree/a", "tree/b", "tree/sub/c"])
            File.WriteAllBytes(_home[name], new byte[1_000_000]);
        File.WriteAllText(_home["ours"], $"""
            #!/bin/sh
            case "$*" in *dies*) exec timeout -s KILL 1 "{StaticBinary.Path}" sftp-server;; *) exec "{StaticBinary.Path}" sftp-server;; esac
            """);
        File.SetUnixFileMode(_home["ours"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ProgramRun run = Run(StaticBinary.Path, command.Replace("ours", _home["ours"]).Split(' '));
        Assert.Equal((255, ""), (run.ExitCode, run.Text));
        Assert.Contains("Connection closed", run.Errors);
    }

    [BinaryTheory("prlimit")]
    [InlineData("", "prlimit --nofile=256:256 ")]
    [InlineData("prlimit --nofile=64:64 ", "")]
    [InlineData("prlimit --nofile=40:40 ", "prlimit --nofile=20:20 ")]
    public void Trees_of_many_files_fit_into_the_descriptors_of_both_sides(string here, string there)
    {
        Assert.SkipUnless(File.Exists(Server), $"{Server} is not installed");
        for (int i = 0; i < 2000; i++)
        {
            string directory = _home[$"from/d{i % 100}/e{i % 5}"];
            Directory.CreateDirectory(directory);
            File.WriteAllText($"{directory}/{i}", $"{i}");
        }

        foreach (string operands in (string[])["from h:up", "h:up down"])
        {
            ProgramRun run = Run("/bin/sh", ["-c", $"exec {here}\"$0\" scp -r -q -D '{there}{Server}' {operands}", StaticBinary.Path]);
            Assert.True(run.ExitCode == 0, run.Errors);
        }

        Assert.Equal(0, Run("diff", ["-r", "from", "down"]).ExitCode);
    }

    private ProgramRun Run(string program, string[] arguments) => ProgramRun.Of(program, arguments, null, start =>
    {
        start.Environment["HOME"] = _home.Path;
        start.WorkingDirectory = _home.Path;
    });
}

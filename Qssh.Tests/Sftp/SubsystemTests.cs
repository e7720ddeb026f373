using System.Text;
using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>Files through a login: the subsystem, its configuration, and OpenSSH's own client in front of both.</summary>
[Collection(EndToEndTests.Name)]
public sealed class SubsystemTests(SharedServer server)
{
    private static readonly byte[] s_init = [0, 0, 0, 5, 1, 0, 0, 0, 3];

    [BinaryFact]
    public void The_subsystem_is_there_without_configuration()
    {
        ProgramRun run = server.Client("-s").Send(s_init, "sftp");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(2, run.Output[4]);
        Assert.Contains("posix-rename@openssh.com", Encoding.Latin1.GetString(run.Output));
    }

    [BinaryFact]
    public void A_subsystem_that_nobody_configured_is_refused() =>
        Assert.NotEqual(0, server.Client("-s").Send([], "no-such").ExitCode);

    [BinaryFact]
    public void A_command_of_that_name_is_the_users_own() =>
        Assert.Equal(127, server.Client().Run("internal-sftp").ExitCode);

    [BinaryTheory]
    [InlineData("Subsystem=sftp none", "sftp", null)]
    [InlineData("Subsystem=greet echo \"a  b\" $QSSH_TIER", "greet", "a  b T2\n")]
    [InlineData("Subsystem=sftp echo replaced", "sftp", "replaced\n")]
    public void A_subsystem_runs_what_is_configured(string setting, string name, string? output)
    {
        using ServerProcess own = ServerProcess.Start(server.Home, "-o", setting);
        ProgramRun run = new ClientRun(server.Home, own.Port) { Options = ["-s"] }.Send(s_init, name);
        if (output is null)
            Assert.NotEqual(0, run.ExitCode);
        else
            Assert.Equal((0, output), (run.ExitCode, run.Text));
    }

    [BinaryTheory]
    [InlineData("-s", "sftp")]
    [InlineData("-T", "anything at all")]
    public void A_forced_server_of_files_answers_every_request(string option, string command)
    {
        using ServerProcess own = ServerProcess.Start(server.Home, "-o", "ForceCommand=internal-sftp -R -P \"opendir, readdir\"");
        ProgramRun run = new ClientRun(server.Home, own.Port) { Options = [option] }.Send([.. s_init, 0, 0, 0, 10, 11, 0, 0, 0, 9, 0, 0, 0, 1, (byte)'/'], command);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("posix-rename", Encoding.Latin1.GetString(run.Output));
        Assert.Contains("Permission denied", Encoding.Latin1.GetString(run.Output));
    }

    [BinaryFact]
    public void A_key_may_be_for_files_only()
    {
        using TempHome home = new();
        File.WriteAllText(home["authorized_keys"], "command=\"internal-sftp -R\",restrict " + File.ReadAllText(home["id.pub"]));
        using ServerProcess own = ServerProcess.Start(home);
        Assert.Equal(2, new ClientRun(home, own.Port) { Options = ["-s"] }.Send(s_init, "sftp").Output[4]);
        Assert.Equal(2, new ClientRun(home, own.Port).Send(s_init, "id").Output[4]);
        ProgramRun shell = new ClientRun(home, own.Port) { Options = ["-T"] }.Send(s_init);
        Assert.Equal(2, shell.Output[4]);
    }

    [BinaryFact("sftp")]
    public void OpenSSHs_client_moves_files_directly()
    {
        using TempDirectory files = new();
        File.CreateSymbolicLink(files["qssh-sftp-server"], StaticBinary.Path);
        MoveFiles(files, ["-D", files["qssh-sftp-server"]], null);
    }

    [BinaryFact("sftp")]
    public void OpenSSHs_client_moves_files_through_a_login()
    {
        using TempDirectory files = new();
        string client = files.Write(
            "ssh", $"#!/bin/sh\nexec {StaticBinary.Path} {string.Join(' ', server.Client().Arguments()[..^1])} \"$@\"\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        MoveFiles(files, ["-S", client], "127.0.0.1");
    }

    private static void MoveFiles(TempDirectory files, string[] options, string? destination)
    {
        byte[] content = new byte[3_000_000];
        new Random(4).NextBytes(content);
        File.WriteAllBytes(files["local"], content);
        files.Write("tree/sub/file", "x");
        Directory.CreateDirectory(files["remote"]);
        string batch = files.Write("batch", $"""
            lcd {files.Path}
            cd {files["remote"]}
            put local big
            put -r ../remote/../tree tree
            rename big big2
            cp big2 big3
            ln big2 hard
            symlink big2 soft
            chmod 640 big2
            ls -la
            df -h .
            mkdir new
            rmdir new
            rm hard
            get -p soft back
            -cd none
            """.Replace("../remote/../tree", files["tree"], StringComparison.Ordinal));
        ProgramRun run = ProgramRun.Of("sftp", [.. options, "-b", batch, .. (string[])(destination is null ? [] : [destination])]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(content, File.ReadAllBytes(files["back"]));
        Assert.Equal(content, File.ReadAllBytes(files["remote/big3"]));
        Assert.Equal("x", File.ReadAllText(files["remote/tree/sub/file"]));
        Assert.Equal("big2", new FileInfo(files["remote/soft"]).LinkTarget);
        Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(files["remote/big2"]));
        Assert.False(Path.Exists(files["remote/hard"]) || Path.Exists(files["remote/new"]));
    }
}

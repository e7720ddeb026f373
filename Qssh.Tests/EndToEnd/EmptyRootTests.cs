using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>A root directory with nothing but the executable, /etc/passwd, a shell and keys: no libraries, no /proc, no /dev.</summary>
[Collection(EndToEndTests.Name)]
public sealed class EmptyRootTests
{
    [BinaryFact(needs: "chroot static:busybox", root: true)]
    public void Client_and_server_run_in_an_empty_root_directory()
    {
        using TempHome root = new();
        string chroot = StaticBinary.Find("chroot")!;
        Directory.CreateDirectory(root["etc"]);
        Directory.CreateDirectory(root["bin"]);
        File.WriteAllText(root["etc/passwd"], "root:x:0:0::/:/bin/sh\n");
        File.Copy(StaticBinary.Path, root["qssh"]);
        File.Copy(StaticBinary.Find("busybox")!, root["bin/sh"]);

        using ServerProcess server = ServerProcess.Launch(
            root, [chroot, root.Path, "/qssh", "server", "-D", "-e", "-f", "none", "-h", "/host", "-o", "AuthorizedKeysFile=/authorized_keys"]);
        ProgramRun run = ProgramRun.Of(
            chroot,
            [
                root.Path, "/qssh", "-F", "none", "-i", "/id", "-o", "UserKnownHostsFile=/known_hosts", "-o", "StrictHostKeyChecking=yes", "-p", server.Port.ToString(),
                "root@127.0.0.1", "while read -r line; do echo \"got $line\"; done; echo err >&2; exit 5",
            ],
            "one\ntwo\n"u8.ToArray());
        Assert.Equal((5, "got one\ngot two\n", "err\n"), (run.ExitCode, run.Text, run.Errors));
        Assert.Equal(0, ProgramRun.Of(chroot, [root.Path, "/qssh", "keygen", "-q", "-N", "", "-f", "/another"]).ExitCode);
        Assert.True(File.Exists(root["another.pub"]));
    }
}

using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

[Collection(EndToEndTests.Name)]
public sealed class SshfsTests(DropInServer server) : IClassFixture<DropInServer>
{
    /// <summary>Whatever happens, the directory is unmounted before it is deleted.</summary>
    private const string Mount = """
        [ -e /dev/fuse ] || { echo no-fuse; exit 0; }
        mkdir there here
        trap 'cd /; fusermount3 -u "$here" 2>/dev/null || fusermount -u "$here" 2>/dev/null || umount -l "$here" 2>/dev/null || true' EXIT
        here=$PWD/here there=$PWD/there
        sshfs -o ssh_command="$QSSH" "box:$there" here

        """;

    [BinaryFact("sshfs", root: true)]
    public void A_mounted_directory_takes_what_programs_do()
    {
        string output = server.Output(Mount + """
            echo one > here/file; cat there/file
            mkdir -p here/a/b; for i in $(seq 50); do echo $i > "here/a/b/f $i"; done; ls there/a/b | wc -l
            echo two > here/other; mv here/other here/file; cat there/file
            truncate -s 100000 here/file; stat -c %s there/file
            head -c 3M /dev/urandom > data; cp data here/data; cmp data here/data; cmp data there/data
            ln -s file here/link; readlink there/link
            ln here/file here/hard && stat -c %h there/file
            chmod 640 here/file; stat -c %a there/file
            df --output=avail here | tail -n 1 | grep -q '[0-9]'
            rm -r here/a; ls there | tr '\n' ' '
            """);
        if (output != "no-fuse\n")
            Assert.Equal("one\n50\ntwo\n100000\nfile\n2\n640\ndata file hard link ", output);
    }
}

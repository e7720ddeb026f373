using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>OpenSSH's own sftp and scp, which call qssh in place of ssh.</summary>
[Collection(EndToEndTests.Name)]
public sealed class OpenSshFileToolsTests(DropInServer server) : IClassFixture<DropInServer>
{
    [BinaryFact("/usr/bin/sftp")]
    public void Sftp_in_batch()
    {
        string output = server.Output("""
            head -c 2M /dev/urandom > up; mkdir there
            printf '%s\n' "cd $PWD/there" "put up" "rename up moved" "mkdir sub" "put up sub/again" "get moved down" "ls -1" "rm sub/again" "rmdir sub" "chmod 600 moved" |
              /usr/bin/sftp -q -S "$QSSH" -b - box >log
            cmp up down; stat -c %a there/moved; ls there
            """);
        Assert.Equal("600\nmoved\n", output);
    }

    [BinaryFact("/usr/bin/scp")]
    public void Scp_both_ways_with_trees()
    {
        string output = server.Output("""
            mkdir -p t/sub; head -c 1M /dev/urandom > t/data; echo x > "t/sub/a name"; chmod 700 t/sub
            /usr/bin/scp -q -p -r -S "$QSSH" t box:$PWD/there
            diff -r t there
            mkdir back; /usr/bin/scp -q -r -S "$QSSH" -P $PORT "127.0.0.1:$PWD/there/*" back
            diff -r t back && stat -c %a there/sub
            """);
        Assert.Equal("700\n", output);
    }
}

using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

[Collection(EndToEndTests.Name)]
public sealed class RsyncTests(DropInServer server) : IClassFixture<DropInServer>
{
    [BinaryFact("rsync")]
    public void A_tree_of_5000_files_both_ways_with_deletions()
    {
        string output = server.Output("""
            mkdir t; for i in $(seq 5000); do echo "content $i" > "t/f$i"; done; ln -s f2 t/link; chmod 600 t/f2; touch -d 2001-02-03 t/f3
            rsync -a -e "$QSSH" t/ box:$PWD/there/
            diff -r t there
            rm t/f1*; mkdir t/sub; echo x > "t/sub/a name with 'quotes' and $(printf '\n') more"
            rsync -a --delete -e "$QSSH" t/ box:$PWD/there/
            diff -r t there
            rsync -a --delete -e "$QSSH -q -p $PORT" 127.0.0.1:$PWD/there/ back/
            diff -r t back
            ls -A back | wc -l; stat -c %a back/f2; date -u -r back/f3 +%Y; readlink back/link
            """);
        Assert.Equal("3891\n600\n2001\nf2\n", output);
    }

    [BinaryFact("rsync")]
    public void A_transfer_that_was_killed_goes_on_where_it_was()
    {
        string output = server.Output("""
            head -c 200M /dev/urandom > big
            (rsync --partial --bwlimit=40M -e "$QSSH" big box:$PWD/copy & p=$!; sleep 1.5; kill $p; wait $p || true) 2>/dev/null
            for i in $(seq 50); do [ -e copy ] && break; sleep 0.1; done
            part=$(stat -c %s copy); test "$part" -gt 0; test "$part" -lt 209715200
            rsync --partial --append-verify -e "$QSSH" big box:$PWD/copy
            cmp big copy && echo same
            """);
        Assert.Equal("same\n", output);
    }

    [BinaryFact("rsync")]
    public void The_exit_of_the_remote_side_is_rsyncs() =>
        Assert.Equal(23, server.Run("rsync -a -e \"$QSSH\" box:/nonexistent-source/ here/").ExitCode);
}

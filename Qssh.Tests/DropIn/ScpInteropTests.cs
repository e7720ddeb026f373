using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>Our scp does what OpenSSH's does: the same files with the same modes in the same places, and success or failure alike.</summary>
[Collection(EndToEndTests.Name)]
public sealed class ScpInteropTests(DropInServer server) : IClassFixture<DropInServer>
{
    /// <summary>Runs one case with each program, in fresh directories, and says what differs.</summary>
    private const string Compare = """
        umask 022
        for who in ours theirs; do
          mkdir -p $who/src/t/sub $who/src/empty; cd $who
          echo a > src/a; echo b > src/b; echo "c d" > "src/c d"; echo br > 'src/[x]'; echo st > 'src/s*r'; echo x > src/-dash; touch 'src/q"q'
          echo 1 > src/t/1; echo 2 > src/t/sub/2; ln -s 1 src/t/l; ln -s nowhere src/t/dangling; chmod 600 src/a; chmod 750 src/t/sub; touch -d 2002-02-02 src/a src/t/sub
          mkdir d; P=$PWD
          if [ $who = ours ]; then scp() { "$QSSH" scp "$@"; }; else scp() { /usr/bin/scp -S "$QSSH" "$@"; }; fi
          set +e; (eval "$1") > /dev/null 2>&1 < /dev/null; status=$?; set -e
          [ $status = 0 ] || status=failed
          # A directory that several sources made has no bits in OpenSSH but the owner's.
          (echo $status; find . -path ./src -prune -o -printf '%P %y %s %l\n' | sed '/ d /d' | sort; find . -path ./src -prune -o -name 'sub' -printf '%P %m\n' | sort) > ../$who.found
          cd ..
        done
        diff ours.found theirs.found && head -n 1 ours.found
        """;

    [BinaryTheory("/usr/bin/scp")]
    [InlineData("scp src/a box:$P/x && scp -p box:$P/src/a y && scp box:$P/src/b d && scp src/b box:$P/d/c", true)]
    [InlineData("scp src/a src/b box:$P/d && scp box:$P/src/a box:$P/src/b .", true)]
    [InlineData("scp src/a src/b box:$P/new", true)]
    [InlineData("scp box:$P/src/a box:$P/src/b new", false)]
    [InlineData("scp \"box:$P/src/c d\" x && scp \"box:$P/src/[ab]\" . && scp \"box:$P/src/s*r\" d && scp \"box:$P/src/[x]\" d", true)]
    [InlineData("scp box:$P/src/-dash . && scp -- 'src/q\"q' box:$P/d", true)]
    [InlineData("scp \"box:$P/src/n*\" .", false)]
    [InlineData("scp box:$P/src/nosuch .", false)]
    [InlineData("scp src/nosuch box:$P/d", false)]
    [InlineData("scp src/t box:$P/d", false)]
    [InlineData("scp box:$P/src/t d", false)]
    [InlineData("scp -r src/t box:$P/d", false)]
    [InlineData("scp -rp box:$P/src/t d", false)]
    [InlineData("rm src/t/dangling; scp -r src/t box:$P/x && scp -rp src/t box:$P/d && scp -r box:$P/src/t y && scp -r box:$P/src/t/. d", true)]
    [InlineData("scp -r src/empty box:$P/d && scp -r box:$P/src/empty x", true)]
    [InlineData("scp src/a box:$P/no/such/x", false)]
    [InlineData("scp box:$P/src/a no/such/x", false)]
    [InlineData("scp box:$P/src/a x/", false)]
    [InlineData("touch x; scp -r src/t box:$P/x", false)]
    [InlineData("scp box:/dev/null x", false)]
    [InlineData("rm src/t/dangling; scp -3 box:$P/src/a box:$P/x && scp -3 -r box:$P/src/t box:$P/d", true)]
    [InlineData("scp -q -l 100000 -C -o ConnectTimeout=5 -F $HOME/.qssh/config scp://127.0.0.1:$PORT/$P/src/a x && scp src/a y && scp -r src/t z", true)]
    public void The_outcome_is_the_same(string command, bool succeeds)
    {
        string output = server.Output($"set -- '{command.Replace("'", "'\\''")}'\n{Compare}");
        Assert.Equal((command, succeeds ? "0\n" : "failed\n"), (command, output));
    }

    [BinaryFact]
    public void Between_two_hosts_links_that_lead_in_circles_end()
    {
        string output = server.Output("""
            mkdir -p t/sub; echo x > t/file; ln -s .. t/sub/up; ln -s ../../t t/sub/again; mkfifo t/pipe
            status=0; $QSSH scp -q -3 -r box:$PWD/t box:$PWD/there 2> said || status=$?
            echo $status; grep -c 'a link to a directory above it' said; grep -c 'not a regular file' said; find there | sort
            """);
        Assert.Equal("1\n2\n1\nthere\nthere/file\nthere/sub\n", output);
    }
}

using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>Our sftp and OpenSSH's, against our server of files and OpenSSH's: one batch with every command has to do the same everywhere.</summary>
[Collection(EndToEndTests.Name)]
public sealed class SftpInteropTests(DropInServer server) : IClassFixture<DropInServer>
{
    private const string Places = """
        umask 022
        mkdir -p l/tree/sub/deep r; cd l
        head -c 700000 /dev/urandom > big; echo small > small; : > empty; echo x > "a name"; echo y > tree/f1; echo z > "tree/sub/f 2"
        chmod 640 tree/f1; chmod 700 tree/sub; touch -d 2001-02-03T04:05:06Z tree/f1; echo g1 > g1.txt; echo g2 > g2.txt
        there=$(dirname $PWD)/r

        """;

    private const string Batch = """
        cat > ../batch <<END
        cd $there
        pwd
        lpwd
        mkdir dir
        put big
        put small renamed
        put -p tree/f1 kept
        put -r tree
        put "a name"
        mput g*.txt dir
        put empty
        rename renamed moved
        ln moved hard
        ln -s moved soft
        symlink moved soft2
        chmod 600 moved
        chown $(id -u) moved
        chgrp $(id -g) moved
        cp moved copied
        get big back
        get -p kept kept
        get -r tree got
        lmkdir new
        mget dir/g* new
        put -f small synced
        get -f synced synced
        df
        df -h
        df -i
        !head -c 100000 big > part
        reget big part
        put part partial
        !truncate -s 50000 partial-here; head -c 50000 big > ../r/partial
        reput part partial
        get partial again
        !head -c 5 big > appended; cp appended ../r
        get -a big appended
        put -a big appended
        rm dir/g1.txt
        mkdir gone
        rmdir gone
        lumask 077
        get moved mine
        progress
        version
        lls -d tree
        ls -1
        ls -la dir
        ls -lnh dir
        ls -1t dir
        ls -1rS
        ls -1f dir
        ls -1 *.none*kept* kept
        bye
        END
        sed -i '/none/d; s/ $//' ../batch

        """;

    private const string Outcome = """
        cmp big back; cmp big part; cmp big again; cmp big appended; cmp big ../r/appended; diff -r tree got; diff -r tree ../r/tree; cmp small ../r/synced; cmp small synced
        stat -c '%a %Y' kept ../r/kept; stat -c %a ../r/moved mine; stat -c %h ../r/hard; readlink ../r/soft ../r/soft2; cat ../r/copied
        ls ../r ../r/dir new | tr '\n' ' '; stat -c '%a' ../r/tree/sub; rm partial-here
        """;

    [BinaryTheory("/usr/bin/sftp /usr/lib/openssh/sftp-server")]
    [InlineData("ours at theirs", "$QSSH sftp -b ../batch -D /usr/lib/openssh/sftp-server")]
    [InlineData("theirs at ours", "/usr/bin/sftp -b ../batch -D \"$QSSH sftp-server\"")]
    [InlineData("ours logs in", "$QSSH sftp -b ../batch box")]
    [InlineData("theirs logs in", "/usr/bin/sftp -S \"$QSSH\" -b ../batch box")]
    public void Every_command_does_the_same(string who, string command)
    {
        string output = server.Output($"{Places}{Batch}{command} > ../said 2> ../complained || {{ cat ../said ../complained >&2; exit 1; }}\n{Outcome}");
        Assert.Equal(
            (who, "640 981173106\n640 981173106\n600\n600\n2\nmoved\nmoved\nsmall\n"
            + "../r: a name appended big copied dir empty hard kept moved partial soft soft2 synced tree  ../r/dir: g2.txt  new: g1.txt g2.txt 700\n"),
            (who, output));
    }

    /// <summary>What scripts cut apart: the same words in the same places.</summary>
    [BinaryFact("/usr/bin/sftp /usr/lib/openssh/sftp-server")]
    public void Lists_and_errors_are_worded_alike()
    {
        string output = server.Output(Places + """
            cat > ../batch <<END
            cd $there
            put -r tree
            put big
            ls
            ls -1
            ls -1S
            ls -1r
            ls -a
            ls tree/*
            -ls nosuch
            df
            df -h
            lls tree
            version
            pwd
            @pwd
            -rm nosuch
            -chmod 9 big
            -cd big
            -cd nosuch
            -bogus
            -put
            -rename nosuch a
            -rmdir nosuch
            -!false
            END
            /usr/bin/sftp -q -b ../batch -D /usr/lib/openssh/sftp-server > ../theirs 2> ../theirs.err
            rm -r ../r/*
            $QSSH sftp -q -b ../batch -D /usr/lib/openssh/sftp-server > ../ours 2> ../ours.err
            # Amounts of a disk that others use change; OpenSSH tells what it enters, and quotes less.
            clean() { sed -E 's/^ +[0-9. KMGTB]+%$/N/; /^Entering /d; s/ +$//; s/  +/ /g' "$1"; }
            diff <(clean ../theirs) <(clean ../ours)
            words() { sed -E 's/["\r]//g; s/^Can.t change directory: .*nosuch: |^stat remote: /cd: /' "$1"; }
            diff <(words ../theirs.err) <(words ../ours.err)
            echo same
            """);
        Assert.Equal("same\n", output);
    }

    [BinaryTheory]
    [InlineData("a failure ends a batch", "b 'mkdir a\\nrm nosuch\\nmkdir b\\n' | $QSSH sftp -q -b - box", 1, "a")]
    [InlineData("but not one of a local command", "b 'mkdir a\\n!false\\nlls nosuch\\nmkdir b\\n' | $QSSH sftp -q -b - box", 0, "a b")]
    [InlineData("a batch that comes later", "$QSSH sftp -q -b <(sleep 1; b 'mkdir a\\n'; sleep 1; echo mkdir b) box", 0, "a b")]
    [InlineData("a named pipe", "mkfifo p; (sleep 1; b 'mkdir a\\n' > p) & $QSSH sftp -q -b p box", 0, "a p")]
    [InlineData("an empty pipe", "$QSSH sftp -q -b <(:) box", 0, "")]
    [InlineData("a batch that cannot be read", "mkdir d; $QSSH sftp -q -b d box", 255, "d")]
    [InlineData("unless it is expected", "b 'mkdir a\\n-rm nosuch\\nmkdir b\\n' | $QSSH sftp -q -b - box", 0, "a b")]
    [InlineData("or no batch", "b 'mkdir a\\nrm nosuch\\nmkdir b\\n' | $QSSH sftp -q box", 0, "a b")]
    [InlineData("a comment and a blank line", "b '# x\\n\\n  mkdir a\\n' | $QSSH sftp -b - box", 0, "a")]
    [InlineData("no end of line", "b 'mkdir a' | $QSSH sftp -b - box", 0, "a")]
    [InlineData("nobody there", "echo pwd | $QSSH sftp -b - -P 1 127.0.0.1", 255, "")]
    [InlineData("all options", "b 'mkdir a\\n' | $QSSH sftp -q -C -p -r -f -B 1000 -R 4 -l 100000 -F $HOME/.qssh/config -o ConnectTimeout=5 -P $PORT -b - 127.0.0.1", 0, "a")]
    [InlineData("another program", "b 'mkdir a\\n' | $QSSH sftp -q -S $QSSH -P $PORT -oUser=$(id -un) -b - 127.0.0.1", 0, "a")]
    [InlineData("a URI", "b 'mkdir a\\n' | $QSSH sftp -q -b - sftp://127.0.0.1:$PORT/", 0, "a")]
    [InlineData("one file", "echo x > x; $QSSH sftp -q box:$PWD/x y", 0, "x y")]
    [InlineData("files of a pattern", "mkdir s l; touch s/a.txt s/b.txt s/c; $QSSH sftp -q box:$PWD/s/'*.txt' l; mv l/* .", 0, "a.txt b.txt l s")]
    [InlineData("a pattern with a blank", "mkdir 's s' l; touch s\\ s/a\\ 1 s\\ s/b; $QSSH sftp -q box:$PWD/'s s/a ?' l; mv l/* .; rm -r s*", 0, "a 1 l")]
    [InlineData("a name that looks like a pattern", "mkdir l; touch '[x] y' x; $QSSH sftp -q box:$PWD/'[x] y' l; rm x; mv l/* z", 0, "[x] y l z")]
    [InlineData("one file that is not there", "$QSSH sftp -q box:$PWD/x y", 1, "")]
    [InlineData("into a directory", "mkdir d; echo mkdir a | $QSSH sftp -q -b - box:$PWD/d; mv d/a .", 0, "a d")]
    public void A_batch_ends_as_it_should(string what, string line, int status, string names)
    {
        // Relative names start in the home directory: the batch goes where the script is.
        ProgramRun run = server.Run($"set +e; b() {{ printf \"cd $PWD\\n$1\"; }}; ({line}) > /dev/null 2>&1; echo $? $(ls)");
        Assert.Equal((what, $"{status} {names}".TrimEnd() + "\n"), (what, run.Text));
    }
}

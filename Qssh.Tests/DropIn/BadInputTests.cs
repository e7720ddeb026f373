using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.DropIn;

/// <summary>Copies that cannot end well: a line that names the file, a status that is not 0, and no partial file that passes for a whole one.</summary>
[Collection(EndToEndTests.Name)]
public sealed class BadInputTests(DropInServer server) : IClassFixture<DropInServer>
{
    private const int NoMount = 77;

    private const string Fails = """
        printf '#!/bin/bash\nexec "%s" "${@:1:$#-1}" "%s ${@: -1}"\n' "$QSSH" "$QSSH" > ours; chmod +x ours
        # What fails, and the words that it has to say.
        begun() { for i in {1..500}; do test ! -s g || return 0; sleep 0.01; done; }
        fails() { local s=0; timeout 15 "${@:2}" >out 2>&1 || s=$?; cat out; test $s = 1 || test $s = 255; grep -iF -- "$1" out >/dev/null; }
        printf '#!/bin/bash\necho "$1" > commands; exec "%s" sftp -q -b commands box\n' "$QSSH" > batch; chmod +x batch

        """;

    [BinaryFact(root: true)]
    public void A_disk_that_is_full() => Here("""
        mkdir small; mount -t tmpfs -o size=1m none small || exit 77; trap 'umount small' EXIT
        head -c 2M /dev/urandom > f; mkdir -p t; head -c 1100K /dev/urandom > t/big; echo x > t/little
        for old in "" "-O -S $PWD/ours"; do
          fails 'small/g": no space left on device; it is not whole' $QSSH scp -q $old f box:$PWD/small/g; rm small/*
          fails 'small/g": no space left on device; it is not whole' $QSSH scp -q $old box:$PWD/f small/g; rm small/*
        done
        fails 'small/g": no space left on device' $QSSH scp -q -3 box:$PWD/f box:$PWD/small/g; rm small/*
        fails 'small/g": no space left on device; it stays as it was' $QSSH scp -q --atomic f box:$PWD/small/g; test -z "$(ls -A small)"
        fails 'small/g": no space left on device; it stays as it was' $QSSH scp -q --atomic box:$PWD/f small/g; test -z "$(ls -A small)"
        fails 'small/g": no space left on device' ./batch "put f $PWD/small/g"; rm small/*
        fails 'small/g": no space left on device' ./batch "get $PWD/f small/g"; rm small/*
        # One file is too large; the other one is copied all the same.
        fails 'small/t/big": no space left on device' $QSSH scp -q -r t box:$PWD/small
        rm small/t/big; fails 'small/t/big": no space left on device' $QSSH scp -q -r box:$PWD/t small
        """);

    [BinaryFact]
    public void A_limit_on_sizes() => Here("""
        head -c 2M /dev/urandom > f; ulimit -f 1000
        fails 'g": file too large; it is not whole' $QSSH scp -q box:$PWD/f g
        fails 'h": file too large; it is not whole' $QSSH scp -q -D "$QSSH sftp-server" f there:$PWD/h
        fails 'i": file too large; it is not whole' $QSSH scp -q -O -S $PWD/ours box:$PWD/f i
        """);

    [BinaryFact]
    public void Places_that_may_not_be_written() => Here("""
        test -d /sys/kernel || exit 77; echo x > f
        for old in "" "-O -S $PWD/ours"; do
          fails '/sys/kernel/qssh": permission denied' $QSSH scp -q $old f box:/sys/kernel/qssh
          fails '/sys/kernel/qssh": permission denied' $QSSH scp -q $old box:$PWD/f /sys/kernel/qssh
        done
        fails 'input/output error' $QSSH scp -q /proc/self/mem box:$PWD/g
        fails 'is not whole' $QSSH scp -q box:/proc/self/mem g
        """);

    [BinaryTheory]
    [InlineData("became shorter while it was read; \"$PWD/g\" is not whole", "scp -q -l 8000 f box:$PWD/g")]
    [InlineData("bytes; \"g\" is not whole", "scp -q -l 8000 box:$PWD/f g")]
    [InlineData("became shorter while it was read; its copy is not whole", "scp -q -O -l 8000 -S $PWD/ours f box:$PWD/g")]
    [InlineData("is not whole", "scp -q -3 -l 8000 box:$PWD/f box:$PWD/g")]
    public void A_file_that_shrinks_while_it_is_read(string words, string command) => Here($"""
        head -c 1M /dev/urandom > f; (begun; truncate -s 50K f) & fails "{words.Replace("\"", "\\\"")}" $QSSH {command}; wait
        cmp -n $(stat -c %s f) f g
        """);

    [BinaryTheory]
    [InlineData("scp -q -l 12000 f box:$PWD/g")]
    [InlineData("scp -q -l 12000 box:$PWD/f g")]
    [InlineData("scp -q -O -l 12000 -S $PWD/ours f box:$PWD/g")]
    public void A_file_that_grows_while_it_is_read(string command) => Here($"""
        head -c 1M /dev/urandom > f; (begun; head -c 100K /dev/urandom >> f) & $QSSH {command}; wait
        test $(stat -c %s g) -ge 1048576; cmp -n $(stat -c %s g) f g
        """);

    [BinaryTheory]
    [InlineData("sftp-server", "scp -q -l 80000 f box:$PWD/g", "\"$PWD/g\": Connection closed")]
    [InlineData("sftp-server", "scp -q -l 80000 box:$PWD/f g", "\"g\" is not whole")]
    [InlineData("sftp-server", "scp -q -3 -l 80000 box:$PWD/f box:$PWD/g", "\"$PWD/g\": Connection closed")]
    [InlineData("scp -t", "scp -q -O -l 80000 -S $PWD/ours f box:$PWD/g", "lost connection; \"f\" is not whole")]
    [InlineData("scp -f", "scp -q -O -l 80000 -S $PWD/ours box:$PWD/f g", "lost connection; \"g\" is not whole")]
    public void A_server_process_that_is_killed(string process, string command, string words) => Here($$"""
        head -c 16M /dev/urandom > f
        end() { for p in $(pgrep -P {{server.Server.Id}}); do tr '\0' ' ' < /proc/$p/cmdline | grep -qF -- "{{process}}" && kill -9 $p; done; }
        (begun; end) & fails "{{words.Replace("\"", "\\\"")}}" $QSSH {{command}}; wait
        test $(stat -c %s g) -lt 16777216; cmp -n $(stat -c %s g) f g
        """);

    private void Here(string script)
    {
        ProgramRun run = server.Run(Fails + script);
        Assert.SkipWhen(run.ExitCode == NoMount, "what the test needs of the system is not to be had");
        Assert.True(run.ExitCode == 0, $"{run.ExitCode}: {run.Errors}\n{run.Text}");
    }
}

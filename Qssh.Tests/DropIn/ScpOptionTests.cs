using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>Options of scp and sftp that change how data goes, on the static executable.</summary>
[Collection(EndToEndTests.Name)]
public sealed class ScpOptionTests(DropInServer server) : IClassFixture<DropInServer>
{
    [BinaryTheory]
    [InlineData("scp -q -l 1600 f box:$PWD/g")]
    [InlineData("scp -q -l 1600 box:$PWD/f g")]
    [InlineData("scp -q -O -l 1600 -S $PWD/ours f box:$PWD/g")]
    [InlineData("scp -q -O -l 1600 -S $PWD/ours box:$PWD/f g")]
    [InlineData("sftp -q -l 1600 -b batch box")]
    public void A_rate_is_held(string command)
    {
        // 200,000 bytes at 200,000 in a second, after a burst of a tenth of one.
        ProgramRun run = server.Run($$"""
            printf '#!/bin/bash\nexec "%s" "${@:1:$#-1}" "%s ${@: -1}"\n' "$QSSH" "$QSSH" > ours; chmod +x ours
            head -c 200000 /dev/urandom > f; echo "get $PWD/f $PWD/g" > batch
            $QSSH {{command}} >/dev/null; cmp f g
            """);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.InRange(run.Time.TotalSeconds, 0.7, 8);
    }

    [BinaryTheory]
    [InlineData("scp -q -X nrequests=1 -X buffer=1000")]
    [InlineData("scp -q -X nrequests=500 -X buffer=262144")]
    public void Requests_and_their_size(string command) => server.Output($"""
        head -c 300001 /dev/urandom > f; $QSSH {command} f box:$PWD/g; $QSSH {command} box:$PWD/g h; cmp f h
        """);

    [BinaryFact]
    public void Sftp_has_them_too() => server.Output("""
        head -c 300001 /dev/urandom > f; printf '%s\n' "put $PWD/f $PWD/g" "get $PWD/g $PWD/h" > batch
        $QSSH sftp -q -R 2 -B 5000 -b batch box >/dev/null; cmp f h
        """);

    [BinaryTheory]
    [InlineData("")]
    [InlineData("-O")]
    public void A_host_copies_to_another_one_by_itself(string old) => server.Output($$"""
        # The first host's account: a home whose configuration knows the second one, and our scp.
        printf '#!/bin/bash\nexec "%s" "${@:1:$#-1}" "export HOME=%s PATH=%s/bin:$PATH; ${@: -1}"\n' "$QSSH" "$HOME" "$HOME" > ours; chmod +x ours
        mkdir -p t/sub; echo 1 > "t/a b"; echo 2 > t/sub/c; echo 3 > "t/x:y"; chmod 700 t/sub
        $QSSH scp -R {{old}} -q -r -p -S $PWD/ours box:$PWD/t box:$PWD/u; diff -r t u; test $(stat -c %a u/sub) = 700
        mkdir few; $QSSH scp -R {{old}} -q -S $PWD/ours "box:$PWD/t/?[ :]?" box:$PWD/few; ls few | tr '\n' '|' | grep -Fx 'a b|x:y|'
        ! $QSSH scp -R {{old}} -q -S $PWD/ours 'box:$(touch '$PWD'/owned)' box:$PWD/few 2>/dev/null; test ! -e owned
        """);

    [BinaryTheory]
    [InlineData("f box:$PWD/g")]
    [InlineData("box:$PWD/f g")]
    public void An_interrupted_copy_goes_on(string words) => server.Output($"""
        head -c 3M /dev/urandom > f
        timeout -s KILL 0.4 $QSSH scp -q -l 20000 {words} || true
        size=$(stat -c %s g); test $size -gt 0; test $size -lt 3145728; cmp -n $size f g
        $QSSH scp -q --resume {words}; cmp f g
        truncate -s 4M g; ! $QSSH scp -q --resume {words} 2>said; grep larger said
        """);

    [BinaryTheory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    [InlineData("TERM TERM", 143)]
    public void A_host_that_does_not_answer_holds_no_signal(string signals, int status) => server.Output($$"""
        printf '#!/bin/sh\necho $$ > pid; exec "%s" sftp-server\n' "$QSSH" > srv; chmod +x srv; mkdir d; head -c 9M /dev/urandom > f
        $QSSH scp -q --atomic -l 10000 -D $PWD/srv x:$PWD/f d/g 2>said & copy=$!
        sleep 0.6; test -n "$(ls -A d)"; kill -STOP $(cat pid); sleep 0.1
        for signal in {{signals}}; do kill -$signal $copy; sleep 0.4; done
        s=0; wait $copy || s=$?; kill -KILL $(cat pid); test $s = {{status}}; test -z "$(ls -A d)"; cat said; grep 'stays as it was' said
        """);

    [BinaryFact]
    public void Signals_that_are_ignored_stop_nothing() => server.Output("""
        head -c 1M /dev/urandom > f; trap '' HUP TERM
        $QSSH scp -q -l 10000 box:$PWD/f g & copy=$!
        sleep 0.4; kill -HUP $copy; kill -TERM $copy; wait $copy; cmp f g
        """);

    [BinaryTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_batch_dies_by_its_signal(string signal, int status) => server.Output($"""
        head -c 3M /dev/urandom > f; printf '%s\n' "-get $PWD/f $PWD/g" '!touch after' > batch
        s=0; timeout --preserve-status -s {signal} 0.5 $QSSH sftp -q -l 10000 -b batch box >/dev/null || s=$?
        test $s = {status}; test ! -e after; size=$(stat -c %s g); test $size -gt 0; cmp -n $size f g
        $QSSH sftp -q -a -b batch box >/dev/null; cmp f g; test -e after
        """);

    [BinaryTheory]
    [InlineData("f box:$PWD/d/g")]
    [InlineData("box:$PWD/f d/g")]
    [InlineData("-3 box:$PWD/f box:$PWD/d/g")]
    public void A_target_is_replaced_at_once(string words) => server.Output($$"""
        mkdir d; head -c 3M /dev/urandom > f; echo old > d/g; ln d/g d/first
        $QSSH scp -q --atomic {{words}}; cmp f d/g; grep -qx old d/first; test "$(ls -A d)" = "$(printf 'first\ng')"
        for signal in INT:130 TERM:143 HUP:129; do
            echo old > d/g; rm -f d/first; s=0; timeout --preserve-status -s ${signal%:*} 0.5 $QSSH scp -q --atomic -l 10000 {{words}} || s=$?
            test $s = ${signal#*:}; grep -qx old d/g; for i in $(seq 50); do test "$(ls -A d)" = g && break; sleep 0.1; done; test "$(ls -A d)" = g
        done
        rm -rf d; mkdir d; mkfifo d/g; ! $QSSH scp -q --atomic {{words}} 2>said; grep 'not a regular file' said; test -p d/g
        """);
}

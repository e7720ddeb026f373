using FsCheck;
using FsCheck.Fluent;
using Qssh.Tests.EndToEnd;
using Qssh.Tests.Files;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>Random trees to a running server and back, by the static executable as people call it: what comes back is what was there.</summary>
[Collection(EndToEndTests.Name)]
public sealed class TreeRoundTripTests(DropInServer server) : IClassFixture<DropInServer>
{
    private const int Trees = 4;

    [BinaryFact]
    public void By_scp() => Check(_ => true, """
        $QSSH scp -q -r -p "$FROM" "box:$THERE" || echo $? >> failed; $QSSH scp -q -T -r -p "box:$THERE" "$BACK"
        """, followsLinks: true);

    [BinaryFact]
    public void By_the_old_protocol() => Check(name => !name.Contains((byte)'\n'), """
        printf '#!/bin/bash\nexec "%s" "${@:1:$#-1}" "%s ${@: -1}"\n' "$QSSH" "$QSSH" > ours; chmod +x ours
        $QSSH scp -O -T -q -r -p -S $PWD/ours "$FROM" "box:$THERE" || echo $? >> failed; $QSSH scp -O -T -q -r -p -S $PWD/ours "box:$THERE" "$BACK"
        """, followsLinks: true);

    [BinaryFact]
    public void By_sftp() => Check(name => !name.Any(c => c < ' '), """
        printf '%s\n' "put -r -p $FROM $THERE" "get -r -p $THERE $BACK" > batch; $QSSH sftp -q -b batch box > /dev/null
        """, followsLinks: false);

    [BinaryFact]
    public void Names_on_the_command_line() => server.Output("""
        names=(' ' 'a b' "quote'd \"x\"" $'new\nline' '*' '[a]' '?' 'back\slash' '~' 'ünï' $'\xff\xfe' '$(x)' '-rf' 'host:x' '#' $'tab\t')
        mkdir in out back; cd in; i=0; for n in "${names[@]}"; do echo $((i++)) > "./$n"; done
        for n in "${names[@]}"; do
          $QSSH scp -q "./$n" box:$PWD/../out/
          e=${n//\\/\\\\}; e=${e//\*/\\*}; e=${e//\?/\\?}; e=${e//\[/\\[}
          $QSSH scp -q -T "box:$PWD/../out/$e" ../back/
        done; cd ..
        diff -r in out; diff -r in back; test $(ls -A back | wc -l) -ge 16
        """);

    [BinaryTheory]
    [InlineData("$QSSH scp -q -p big box:$PWD/up; $QSSH scp -q --resume -p box:$PWD/up down")]
    [InlineData("printf '%s\\n' \"put -p big $PWD/up\" \"reget -p $PWD/up $PWD/down\" > batch; $QSSH sftp -q -b batch box >/dev/null")]
    public void Files_of_more_than_4_GiB(string copy) => server.Output($$"""
        # Holes, but for the places where 32 bits end.
        truncate -s 5000000000 big; for at in 2147483647 4294967295 4999999990; do printf "at-$at" | dd of=big bs=1 seek=$at conv=notrunc status=none; done
        truncate -s 4294967290 down; dd if=big of=down bs=1 count=20 skip=2147483640 seek=2147483640 conv=notrunc status=none
        {{copy}}
        for f in up down; do
          test $(stat -c %s $f) = $(stat -c %s big)
          for at in 2147483640 4294967290 4999999980; do cmp <(tail -c +$((at + 1)) big | head -c 20) <(tail -c +$((at + 1)) $f | head -c 20); done
        done
        test $(du -k up | cut -f1) -lt 100000
        """);

    private void Check(Func<byte[], bool> takes, string script, bool followsLinks) =>
        Prop.ForAll(OddTree.Entries(2, takes).ToArbitrary(), entries =>
        {
            using OddTree tree = new();
            tree.Write(tree["from"], entries);
            string output = server.Output($"FROM={tree["from"]}; THERE={tree["there"]}; BACK={tree["back"]}\n{script}\ntest ! -e failed || cat failed");
            // Only links that lead to a directory above them are left out, and that is told.
            Assert.Equal(followsLinks && HasLoop(entries) ? "1\n" : "", output);
            List<string> from = OddTree.Describe(tree["from"], withoutLoops: true);
            Assert.Equal(from, OddTree.Describe(tree["there"], withoutLoops: false));
            Assert.Equal(from, OddTree.Describe(tree["back"], withoutLoops: false));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(Trees));

    private static bool HasLoop(OddEntry[] entries) => entries.Any(entry => entry.Kind == OddKind.Loop || HasLoop(entry.Below));
}

using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>The old protocol: our scp and OpenSSH's on either end of our connection, and hostile ones in place of the connection.</summary>
[Collection(EndToEndTests.Name)]
public sealed class LegacyScpTests(DropInServer server) : IClassFixture<DropInServer>
{
    private const string Odd = """
        mkdir -p t/sub/deep t/empty; head -c 1M /dev/urandom > t/data; : > t/zero; echo x > "t/sub/a 'name'"; echo y > "t/ünï"; printf z > t/$'\xff\xfe'; truncate -s 3M t/sparse
        chmod 750 t/sub; chmod 444 t/zero; find t -exec touch -d '2001-02-03 04:05:06' {} +
        same() { diff -r t $1; diff <(cd t; find . -printf '%P %m %T@\n' | sort) <(cd $1; find . -printf '%P %m %T@\n' | sort); }
        # Our scp at the other end: the command that is run there is ours.
        printf '#!/bin/bash\nexec "%s" "${@:1:$#-1}" "%s ${@: -1}"\n' "$QSSH" "$QSSH" > ours; printf '#!/bin/bash\nexec "%s" "$@"\n' "$QSSH" > theirs; chmod +x ours theirs

        """;

    [BinaryTheory("/usr/bin/scp")]
    [InlineData("$QSSH scp", "ours")]
    [InlineData("$QSSH scp", "theirs")]
    [InlineData("/usr/bin/scp", "ours")]
    public void Trees_go_there_and_back(string scp, string there)
    {
        string output = server.Output(Odd + $"""
            {scp} -O -q -r -p -S $PWD/{there} t box:$PWD/up; same up
            {scp} -O -q -r -p -S $PWD/{there} box:$PWD/up down; same down
            mkdir few; {scp} -O -q -S $PWD/{there} "box:$PWD/t/ze*" t/data box:$PWD/t/sparse few || true; ls few
            """);
        Assert.EndsWith("sparse\nzero\n", output);
    }

    [BinaryTheory]
    [InlineData("")]
    [InlineData("-3")]
    public void Between_two_hosts(string through) => server.Output(Odd + $"""
        $QSSH scp -O -q -r -p {through} -S $PWD/ours box:$PWD/t box:$PWD/there; same there
        mkdir d; $QSSH scp -O -q {through} -S $PWD/ours "box:$PWD/t/*e*" box:$PWD/d 2>said && exit 1
        cmp t/zero d/zero; cmp t/sparse d/sparse; grep empty said
        """);

    [BinaryFact]
    public void It_is_found_under_its_own_name() => server.Output("""
        # As the account's PATH has it: ours as scp, started by our own connection.
        printf '#!/bin/bash\nexec "%s" "${@:1:$#-1}" "PATH=%s/bin:$PATH; ${@: -1}"\n' "$QSSH" "$HOME" > ours; chmod +x ours
        head -c 100K /dev/urandom > f; $QSSH scp -O -S $PWD/ours f box:$PWD/g; cmp f g
        $HOME/bin/scp -O -q -S $PWD/ours box:$PWD/g h; cmp f h
        """);

    [BinaryFact]
    public void Forced_file_service_refuses_it()
    {
        string options = File.ReadAllText(server.Home["authorized_keys"]);
        File.WriteAllText(server.Home["authorized_keys"], "command=\"internal-sftp\" " + options);
        ProgramRun run = server.Run("echo x > f; timeout 10 $QSSH scp -O f box:$PWD/g; s=$?; test ! -e g; exit $s");
        File.WriteAllText(server.Home["authorized_keys"], options);
        Assert.Equal((1, "qssh: this account serves files over SFTP only\n"), (run.ExitCode, run.Errors));
    }

    [BinaryTheory]
    [InlineData(@"C0644 5 ../x\nevil\n\0", "f .", "refused")]
    [InlineData(@"C0644 5 f\nevil\n\0C0644 5 .bashrc\nevil\n\0", "f .", "not what was asked for")]
    [InlineData(@"C0644 99 f\nevil", "f g", "lost connection")]
    [InlineData(@"", "f g", "sent nothing|lost connection")]
    [InlineData(@"\1\x1b]0;owned\x07\n", "f g", "u{1b}]0;owned")]
    public void Hostile_sources(string script, string words, string reason)
    {
        ProgramRun run = server.Run($"""
            printf '#!/bin/bash\nprintf %%b "{script.Replace("\\", "\\\\\\\\")}"; timeout 0.3 cat >/dev/null\n' > peer; chmod +x peer; mkdir place; cd place
            set -- {words}; timeout 10 $QSSH scp -O -S ../peer box:$1 $2 || s=$?; ls -A .. >&2; ls -A >&2; exit $s
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason.Split('|'), run.Errors.Contains);
        Assert.DoesNotContain('\x1b', run.Errors);
        Assert.DoesNotContain("bashrc\n", run.Errors.Replace("\".bashrc\"", ""));
        Assert.EndsWith(reason == "lost connection" ? "\ng\n" : reason.StartsWith("not what") ? "\nf\n" : "place\n", run.Errors);
    }

    [BinaryFact]
    public void A_sink_that_goes_away_is_no_success()
    {
        ProgramRun run = server.Run("""
            printf '#!/bin/bash\nprintf "\\0\\0"; head -c 1000 >/dev/null\n' > peer; chmod +x peer; head -c 5M /dev/zero > f
            timeout 10 $QSSH scp -O -S ./peer f box:g
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("lost connection; \"f\" is not whole", run.Errors);
    }
}

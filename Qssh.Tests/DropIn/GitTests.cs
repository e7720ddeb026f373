using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>git with qssh in all the ways it can be told to use it.</summary>
[Collection(EndToEndTests.Name)]
public sealed class GitTests(DropInServer server) : IClassFixture<DropInServer>
{
    /// <summary>A bare repository with 1,000 files.</summary>
    private const string Repository = """
        export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
        git init -q -b main src
        (cd src; for i in $(seq 1000); do echo "content of $i" > "f$i"; done; git add -A; git commit -qm first)
        git clone -q --bare src bare.git

        """;

    [BinaryTheory("git")]
    [InlineData("export GIT_SSH=$QSSH; url=ssh://127.0.0.1:$PORT$PWD/bare.git")]
    [InlineData("export GIT_SSH_COMMAND=\"$QSSH -4\"; url=box:$PWD/bare.git")]
    [InlineData("git config --global core.sshCommand \"$QSSH\"; url=box:$PWD/bare.git")]
    [InlineData("url=box:$PWD/bare.git")]
    public void Clone_push_and_fetch(string how)
    {
        string output = server.Output(Repository + how + """

            git clone -q "$url" one
            git clone -q "$url" two
            ls one | wc -l
            (cd one; echo more > new; git rm -q f1; git add -A; git commit -qm second; git push -q)
            (cd two; git fetch -q; git log --format=%s -1 origin/main; git pull -q; test -e new; test ! -e f1)
            git config --global --unset core.sshCommand || true
            """);
        Assert.Equal("1000\nsecond\n", output);
    }

    [BinaryFact("git")]
    public void Version_2_of_the_protocol_reaches_the_server_without_configuration()
    {
        string output = server.Output(Repository + """
            GIT_SSH=$QSSH GIT_TRACE_PACKET=1 git -c protocol.version=2 ls-remote "ssh://127.0.0.1:$PORT$PWD/bare.git" 2>&1 | grep -c 'ls-remote< version 2'
            """);
        Assert.Equal("1\n", output);
    }

    [BinaryFact("git")]
    public void The_question_for_the_variant_is_answered_offline_and_quickly()
    {
        ProgramRun run = server.Run("$QSSH -G -o SendEnv=GIT_PROTOCOL -p 2222 u@nowhere.invalid");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\nport 2222\n", "\n" + run.Text);
        Assert.InRange(run.Time.TotalMilliseconds, 0, 1000);
    }

    [BinaryFact("git")]
    public void A_failed_login_is_told_by_git() =>
        Assert.Contains("Could not read from remote repository", server.Run("GIT_SSH_COMMAND=\"$QSSH -F none -i /nonexistent -o BatchMode=yes\" git ls-remote ssh://127.0.0.1:$PORT/x").Errors);
}

using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>Command lines as programs were seen to give them.</summary>
[Collection(EndToEndTests.Name)]
public sealed class CommandLineTests(DropInServer server) : IClassFixture<DropInServer>
{
    [BinaryTheory]
    [InlineData("rsync", "$QSSH -l $(id -un) box echo --server -logDtpre.iLsfxCIvu . /x", "--server -logDtpre.iLsfxCIvu . /x")]
    [InlineData("sftp -S", "$QSSH '-oForwardX11 no' '-oPermitLocalCommand no' '-oClearAllForwardings yes' '-oControlMaster no' '-obatchmode yes' '-oForwardAgent no' \"-oPort $PORT\" -q -l $(id -un) -- 127.0.0.1 'echo ok'", "ok")]
    [InlineData("scp -S", "$QSSH -x -oPermitLocalCommand=no -oClearAllForwardings=yes -oRemoteCommand=none -oRequestTTY=no -oControlMaster=no -oForwardAgent=no -p $PORT -l $(id -un) -- 127.0.0.1 'echo ok'", "ok")]
    [InlineData("sshfs", "$QSSH -x -a -oClearAllForwardings=yes -oPort=$PORT -oCompression=no -oServerAliveInterval=5 -2 -- $(id -un)@127.0.0.1 'echo ok'", "ok")]
    [InlineData("docker", "$QSSH -l $(id -un) -p $PORT '-o ConnectTimeout=30' -T -- 127.0.0.1 'cat' < <(echo half; sleep 0.2; echo close)", "half\nclose")]
    [InlineData("mosh", "$QSSH -n -tt -4 $(id -un)@box -- \"sh -c 'stty -onlcr; set -- \\$SSH_CONNECTION; echo mosh \\$#'\" 2>/dev/null", "mosh 4")]
    [InlineData("VS Code", "echo 'echo script' | $QSSH -T -o ClearAllForwardings=true -o ConnectTimeout=15 box bash", "script")]
    [InlineData("borg", "$QSSH -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o StrictHostKeyChecking=accept-new -o ServerAliveInterval=9 -o BatchMode=yes -e none -q -o ControlPath=none box echo ok", "ok")]
    [InlineData("a URL", "$QSSH ssh://$(id -un)@127.0.0.1:$PORT echo ok", "ok")]
    [InlineData("options after the host", "$QSSH box -q -T -- echo ok", "ok")]
    [InlineData("clustered", "$QSSH -qTn4 box echo ok", "ok")]
    [InlineData("unknown with leave", "$QSSH -o 'IgnoreUnknown=Bogus,X*' -o Bogus=1 -o Xyz=2 box echo ok", "ok")]
    [InlineData("the name ssh", "ssh box echo ok", "ok")]
    public void Is_taken(string who, string line, string output) => Assert.Equal((who, output + "\n"), (who, server.Output(line)));

    [BinaryFact]
    public void Ansibles_options_are_taken_with_their_quotes()
    {
        ProgramRun run = server.Run("""
            $QSSH -vvv -C -o ControlMaster=auto -o ControlPersist=60s -o StrictHostKeyChecking=no -o Port=$PORT -o "IdentityFile=\"$HOME/id\"" \
              -o KbdInteractiveAuthentication=no -o PreferredAuthentications=gssapi-with-mic,gssapi-keyex,hostbased,publickey \
              -o PasswordAuthentication=no -o "User=\"$(id -un)\"" -o ConnectTimeout=10 -o 'ControlPath="/tmp/x"' -tt 127.0.0.1 '/bin/sh -c '"'"'echo ~ && sleep 0'"'"''
            """);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("debug1: ", run.Errors);
    }

    [BinaryTheory]
    [InlineData("-o Bogus=1 box true", "Bad configuration option: bogus")]
    [InlineData("-o Port=x box true", "port: bad number")]
    [InlineData("-N -D 1080 box", "DynamicForward 1080: not available: port forwarding arrives in a later version")]
    [InlineData("-o ExitOnForwardFailure=yes -L 1:a:2 box true", "LocalForward 1:a:2: not available")]
    [InlineData("-J jump box true", "ProxyJump jump is not available: jump hosts arrive in a later version")]
    [InlineData("-o ProxyUseFdpass=yes -o ProxyCommand=true box true", "ProxyUseFdpass is not available")]
    [InlineData("-Q nonsense", "-Q")]
    public void What_cannot_be_had_is_refused_with_255(string line, string reason)
    {
        ProgramRun run = server.Run("$QSSH " + line);
        Assert.Equal((255, ""), (run.ExitCode, run.Text));
        Assert.Contains(reason, run.Errors);
    }

    [BinaryFact]
    public void The_version_goes_to_standard_error()
    {
        ProgramRun run = server.Run("$QSSH -V");
        Assert.Equal((0, ""), (run.ExitCode, run.Text));
        Assert.StartsWith("qssh ", run.Errors);
    }
}

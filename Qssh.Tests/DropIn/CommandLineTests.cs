using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>VER-03 for CLI-01, CLI-02, CLI-09 to CLI-12: command lines as programs were seen to give them.</summary>
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
    [InlineData("VS Code with its proxy", "echo 'echo script' | $QSSH -q -T -D 10801 -o ConnectTimeout=15 box bash", "script")]
    [InlineData("VS Code, verbose", "echo 'echo script' | $QSSH -v -T -D 10801 box bash 2>log; grep -q 'DynamicForward 10801: not set up' log", "script")]
    [InlineData("restic and rclone", "$QSSH -o ServerAliveInterval=20 -o ServerAliveCountMax=3 $(id -un)@box -p $PORT -s nosuch || echo $?", "255")]
    [InlineData("TRAMP", "$QSSH -q -l $(id -un) -o ControlMaster=auto -o ControlPath=tramp.%C -o ControlPersist=no -e none box 'exec env TERM=dumb ENV= HISTFILE=x /bin/sh -c \"echo ready\"'", "ready")]
    [InlineData("TRAMP, newer", "$QSSH -q -l $(id -un) -o ControlPath=none -e none -t -t -o RemoteCommand='stty -onlcr; echo ready' box", "ready")]
    [InlineData("sshuttle", "printf 'import sys; sys.stdout.write(sys.stdin.read())\\nSSHUTTLE\\0\\0' | $QSSH -x box -- 'exec /bin/sh -c '\"'\"'cat >/dev/null; printf \"SSHUTTLE%s\" 0001; echo'\"'\"", "SSHUTTLE0001")]
    [InlineData("unison", "$QSSH -l $(id -un) box -e none echo -server __new-rpc-mode", "-server __new-rpc-mode")]
    [InlineData("mutagen", "$QSSH -C -oConnectTimeout=5 -oServerAliveInterval=10 -oServerAliveCountMax=1 -p$PORT $(id -un)@box '.mutagen/agents/x synchronizer || echo none' 2>/dev/null", "none")]
    [InlineData("nix", "$QSSH box -x -a -oPermitLocalCommand=yes '-oLocalCommand=echo started' -- echo nix-store --serve --write", "started\nnix-store --serve --write")]
    [InlineData("Eternal Terminal", "$QSSH -o BatchMode=yes box \"echo 'id/key_xterm' | cat\"", "id/key_xterm")]
    [InlineData("git-annex", "$QSSH -S .git/annex/x -o ControlMaster=auto -o ControlPersist=yes -n -T box 'echo annex'", "annex")]
    [InlineData("duplicity", "$QSSH -oServerAliveInterval=15 -oServerAliveCountMax=2 -oIdentityFile=$HOME/id -p $PORT 127.0.0.1 echo ok", "ok")]
    [InlineData("vagrant", "printf 'Host v\\n  HostName 127.0.0.1\\n  Port %s\\n  UserKnownHostsFile /dev/null\\n  StrictHostKeyChecking no\\n  PasswordAuthentication no\\n  IdentityFile %s\\n  IdentitiesOnly yes\\n  LogLevel FATAL\\n  PubkeyAcceptedKeyTypes +ssh-rsa\\n  HostKeyAlgorithms +ssh-rsa\\n' $PORT $HOME/id >c; chmod 600 c; $QSSH -F c v echo ok", "ok")]
    [InlineData("no file of configuration", "$QSSH -F /dev/null -p $PORT -i $HOME/id -o UserKnownHostsFile=$HOME/known_hosts 127.0.0.1 echo ok", "ok")]
    [InlineData("a file that is no file", "$QSSH -F <(cat $HOME/.qssh/config) box echo ok", "ok")]
    [InlineData("-N and -f", "$QSSH -f -N -o SetEnv=MARK=$$ box </dev/null >/dev/null 2>&1; p=$(pgrep -f \"MARK=$$ box\"); kill $p; while [ -d /proc/$p ]; do sleep 0.05; done; echo gone", "gone")]
    [InlineData("-tt", "$QSSH -tt box 'stty -onlcr; tty | cut -c1-8'", "/dev/pts")]
    [InlineData("-T over -t", "$QSSH -t -T box 'tty || true'", "not a tty")]
    [InlineData("-s", "$QSSH -s box sftp </dev/null && echo ended", "ended")]
    [InlineData("a URL", "$QSSH ssh://$(id -un)@127.0.0.1:$PORT echo ok", "ok")]
    [InlineData("options after the host", "$QSSH box -q -T -- echo ok", "ok")]
    [InlineData("clustered", "$QSSH -qTn4 box echo ok", "ok")]
    [InlineData("unknown with leave", "$QSSH -o 'IgnoreUnknown=Bogus,X*' -o Bogus=1 -o Xyz=2 box echo ok", "ok")]
    [InlineData("the name ssh", "ssh box echo ok", "ok")]
    public void Is_taken(string who, string line, string output) => Assert.Equal((who, output + "\n"), (who, server.Output(line)));

    /// <summary>CLI-09: either side may end its direction and go on with the other, as docker's dial-stdio does.</summary>
    [BinaryFact]
    public void The_end_of_either_direction_is_passed_on_while_the_other_goes_on()
    {
        Assert.Equal("half\nclose\n", server.Output("(echo half; sleep 0.2; echo close) | $QSSH -T box 'cat; sleep 0.2'"));
        // The reader of the output sees its end long before the input ends.
        Assert.Equal("output\nended\nlate\n", server.Output("""
            mkfifo in
            $QSSH -T box "echo output; exec >&- 2>&-; cat >$PWD/taken" <in | { cat; echo ended; echo late >late; } &
            exec 3>in
            until [ -e late ]; do sleep 0.05; done
            cat late >&3
            exec 3>&-
            wait
            cat taken
            """));
    }

    /// <summary>CLI-11.</summary>
    [BinaryTheory]
    [InlineData("")]
    [InlineData("-T")]
    [InlineData("-q -e none")]
    [InlineData("-v -E log")]
    public void Every_byte_passes_and_none_is_added(string options)
    {
        Assert.Equal("same\n", server.Output($$"""
            for i in $(seq 0 255); do printf "\\x$(printf %x $i)"; done >all
            head -c 70000 /dev/urandom >>all; printf '\n~.\n~?\0\377' >>all
            $QSSH {{options}} box cat <all >back 2>errors
            cmp all back && [ ! -s errors ] && echo same
            """));
    }

    /// <summary>CLI-12.</summary>
    [BinaryTheory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 42", 42)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -HUP $$", 129)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -PIPE $$", 141)]
    [InlineData("kill -TERM $$", 143)]
    public void The_status_is_the_remote_one(string command, int status) => Assert.Equal(status, server.Run($"$QSSH box '{command}'").ExitCode);

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

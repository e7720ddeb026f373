using Qssh.Commands;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary>What other programs put on the command line of ssh, captured or read in their source.</summary>
public sealed class PeerArgvTests
{
    private const string ScpOptions = "-oPermitLocalCommand=no -oClearAllForwardings=yes -oRemoteCommand=none -oRequestTTY=no -oControlMaster=no -oForwardAgent=no";
    private const string ScpSettings = "PermitLocalCommand=no|ClearAllForwardings=yes|RemoteCommand=none|RequestTTY=no|ControlMaster=no|ForwardAgent=no";

    [Theory]
    [InlineData("git probes", "-G -o SendEnv=GIT_PROTOCOL -p 2222 u@h", "h", null, "SendEnv=GIT_PROTOCOL|Port=2222|User=u")]
    [InlineData("git", "-o SendEnv=GIT_PROTOCOL -4 -p 22 u@h \"git-upload-pack '/r'\"", "h", "git-upload-pack '/r'", "AddressFamily=inet|SendEnv=GIT_PROTOCOL|Port=22|User=u")]
    [InlineData("rsync", "-l u h rsync --server -logDtpre.iLsfxCIvu . /x", "h", "rsync --server -logDtpre.iLsfxCIvu . /x", "User=u")]
    [InlineData("rsync -4", "-4 -l u h rsync --server . /x", "h", "rsync --server . /x", "AddressFamily=inet|User=u")]
    [InlineData("sftp", "'-oForwardX11 no' '-oPermitLocalCommand no' '-oClearAllForwardings yes' '-oControlMaster no' '-obatchmode yes' '-oForwardAgent no' '-oPort 2222' -i k -q -l u -s -- h sftp",
        "h", "sftp", "LogLevel=QUIET|SessionType=subsystem|ForwardX11 no|PermitLocalCommand no|ClearAllForwardings yes|ControlMaster no|batchmode yes|ForwardAgent no|Port 2222|IdentityFile=k|User=u")]
    [InlineData("sftp, IPv6", "'-oForwardX11 no' -l u -s -- ::1 sftp", "::1", "sftp", "SessionType=subsystem|ForwardX11 no|User=u")]
    [InlineData("scp", $"-x {ScpOptions} -p 2222 -l u -s -- h sftp", "h", "sftp", $"SessionType=subsystem|ForwardX11=no|{ScpSettings}|Port=2222|User=u")]
    [InlineData("scp -O", $"-x {ScpOptions} -l u -- h scp -r -p -t /x", "h", "scp -r -p -t /x", $"ForwardX11=no|{ScpSettings}|User=u")]
    [InlineData("scp -R", $"-x {ScpOptions} -n -l u -- h1 scp /f b@h2:/x", "h1", "scp /f b@h2:/x", $"StdinNull=yes|ForwardX11=no|{ScpSettings}|User=u")]
    [InlineData("sshfs", "-x -a -oClearAllForwardings=yes -oPort=2222 -oIdentityFile=/k -oServerAliveInterval=15 -2 -s -- u@h sftp",
        "h", "sftp", "SessionType=subsystem|ForwardAgent=no|ForwardX11=no|ClearAllForwardings=yes|Port=2222|IdentityFile=/k|ServerAliveInterval=15|User=u")]
    [InlineData("ansible", "-vvvv -C -o ControlMaster=auto -o ControlPersist=60s -o StrictHostKeyChecking=no -o Port=22 -o 'IdentityFile=\"/k\"' -o KbdInteractiveAuthentication=no -o PreferredAuthentications=gssapi-with-mic,gssapi-keyex,hostbased,publickey -o PasswordAuthentication=no -o 'User=\"u\"' -o ConnectTimeout=10 -o 'ControlPath=\"/c\"' -tt host 'cmd a'",
        "host", "cmd a", "LogLevel=DEBUG3|RequestTTY=force|Compression=yes|ControlMaster=auto|ControlPersist=60s|StrictHostKeyChecking=no|Port=22|IdentityFile=\"/k\"|KbdInteractiveAuthentication=no|PreferredAuthentications=gssapi-with-mic,gssapi-keyex,hostbased,publickey|PasswordAuthentication=no|User=\"u\"|ConnectTimeout=10|ControlPath=\"/c\"")]
    [InlineData("docker", "-l u -p 22 '-o ConnectTimeout=30' -T -- host 'docker system dial-stdio'", "host", "docker system dial-stdio", "RequestTTY=no|User=u|Port=22| ConnectTimeout=30")]
    [InlineData("mosh", "-n -tt -4 -S none -o 'ProxyCommand=mosh --fake-proxy -- %h %p' u@h -- 'sh -c mosh-server'",
        "h", "sh -c mosh-server", "RequestTTY=force|ControlPath=none|AddressFamily=inet|StdinNull=yes|ProxyCommand=mosh --fake-proxy -- %h %p|User=u")]
    [InlineData("VS Code, with its proxy", "-T -D 1080 host bash", "host", "bash", "RequestTTY=no|DynamicForward=1080")]
    [InlineData("Eternal Terminal", "-o BatchMode=yes host \"echo 'id/key_TERM' | etterminal\"", "host", "echo 'id/key_TERM' | etterminal", "BatchMode=yes")]
    [InlineData("VS Code", "-v -T -o ConnectTimeout=15 host bash", "host", "bash", "LogLevel=DEBUG1|RequestTTY=no|ConnectTimeout=15")]
    [InlineData("VS Code, newer", "-T -o ClearAllForwardings=true host bash", "host", "bash", "RequestTTY=no|ClearAllForwardings=true")]
    [InlineData("borg and others", "-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o StrictHostKeyChecking=accept-new -o BatchMode=yes -e none -q -o ControlPath=none h cmd",
        "h", "cmd", "LogLevel=QUIET|EscapeChar=none|UserKnownHostsFile=/dev/null|LogLevel=ERROR|StrictHostKeyChecking=accept-new|BatchMode=yes|ControlPath=none")]
    public void Command_lines_of_other_programs_are_understood(string caller, string line, string host, string? command, string settings)
    {
        ClientCommand client = CommandLines.Client(ShellWords.Split(line));
        Assert.Equal((caller, host), (caller, client.Destination!.Host));
        Assert.Equal(command, client.RemoteCommand);
        Assert.Equal(settings, string.Join('|', client.Settings));
    }

    [Fact]
    public void Notes_of_ansible_are_one_line_and_quiet_silences_them()
    {
        Assert.Equal(["-A: agent forwarding arrives in a later version; going on without it"], CommandLines.Client("-A", "-C", "h").Notes);
        Assert.True(CommandLines.Client("-A", "-q", "h").IsQuiet);
    }

    [Theory]
    [InlineData("-O check -S /s host", "-O is not available: connection sharing arrives in a later version")]
    [InlineData("-W a:1 host", "-W is not available: forwarding arrives in a later version")]
    [InlineData("-M host", "-M is not available: connection sharing arrives in a later version")]
    [InlineData("-1 host", "-1 is not available: protocol version 1 does not exist here")]
    [InlineData("-K host", "-K is not available: GSSAPI is not supported")]
    [InlineData("-w0:0 host", "-w is not available: tunnels arrive in a later version")]
    [InlineData("host --persistent", "--persistent is not available: persistent sessions arrive in a later version")]
    public void What_is_not_built_fails_with_one_line_and_255(string line, string message)
    {
        Errors.FailureException failure = Assert.Throws<Errors.FailureException>(() => CommandLines.Client(ShellWords.Split(line)));
        Assert.Equal(message, failure.Message);
        Assert.Equal(255, failure.ExitCode);
    }
}

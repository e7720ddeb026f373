using System.Net;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Config;

public sealed class ServerConfigTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void DefaultsLimitEverything()
    {
        ServerOptions options = Config("").Global;
        Assert.Equal([new ListenAddress("", 22222)], options.Listeners());
        Assert.Equal(RootLogin.ProhibitPassword, options.PermitRootLogin.Value);
        Assert.True(options.StrictModes);
        Assert.Equal((6, 10, 100), (options.MaxAuthTries.Value, options.MaxSessions.Value, options.MaxConnections.Value));
        Assert.Equal("10:30:100", options.MaxStartups.ToString());
        Assert.Equal(new NetworkBlock(32, 64), options.PerSourceNetBlockSize.Value);
        Assert.Equal(TimeSpan.FromSeconds(120), options.LoginGraceTime.Value);
        Assert.Equal([".qssh/authorized_keys"], options.AuthorizedKeysFile.Value);
        Assert.Empty(options.AcceptEnv);
    }

    [Fact]
    public void CommandLineReplacesTheFile()
    {
        ServerOptions options = Config("Port 1\nPort 2\nHostKey /a\nMaxAuthTries 3\nAllowUsers x\n", "Port=3", "HostKey=/b", "MaxAuthTries=4").Global;
        Assert.Equal([3], options.Ports);
        Assert.Equal(["/b"], options.HostKeys);
        Assert.Equal(4, options.MaxAuthTries.Value);
        Assert.Equal(["x"], options.AllowUsers);
    }

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0:22222")]
    [InlineData("*:80", "*:80")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("[::1]", "[::1]:22222")]
    [InlineData("::1", "[::1]:22222")]
    [InlineData("host:80", "host:80")]
    public void ListenAddresses(string text, string expected) => Assert.Equal(expected, Config("ListenAddress " + text).Global.Listeners()[0].ToString());

    [Fact]
    public void PortsAndAddressesMultiply() => Assert.Equal(
        ["a:1", "a:2", "b:9"],
        Config("Port 1\nPort 2\nListenAddress a\nListenAddress b:9").Global.Listeners().Select(listener => listener.ToString()));

    [Theory]
    [InlineData("NoSuch yes")]
    [InlineData("Host x")]
    [InlineData("StrictModes maybe")]
    [InlineData("StrictModes")]
    [InlineData("PermitTTY 1")]
    [InlineData("UsePAM yes")]
    [InlineData("MaxAuthTries 0")]
    [InlineData("MaxAuthTries -1")]
    [InlineData("MaxStartups 10:30")]
    [InlineData("MaxStartups 10:0:100")]
    [InlineData("MaxStartups 100:30:10")]
    [InlineData("PerSourceNetBlockSize 33")]
    [InlineData("PerSourceNetBlockSize 32:129")]
    [InlineData("ListenAddress [::1]x")]
    [InlineData("ListenAddress [::1]:0")]
    [InlineData("PermitRootLogin maybe")]
    [InlineData("AuthenticationMethods publickey,password")]
    [InlineData("ChrootDirectory /srv")]
    [InlineData("RevokedKeys /etc/krl")]
    [InlineData("TrustedUserCAKeys /etc/ca")]
    [InlineData("AuthorizedKeysCommand /bin/x")]
    [InlineData("AuthorizedKeysCommandUser nobody\nAuthorizedKeysCommand x")]
    [InlineData("AuthorizedKeysCommandUser nobody\nAuthorizedKeysCommand /bin/x %z")]
    [InlineData("AllowUsers me@10.0.0.0/99")]
    [InlineData("Subsystem sftp")]
    [InlineData("Match user x\n  Port 1")]
    [InlineData("Match frob x")]
    [InlineData("Match user")]
    [InlineData("Match address 10.0.0.0/99")]
    [InlineData("Tier 1\nMinTier 3")]
    [InlineData("Tier auto\nMinTier 3")]
    [InlineData("MinTier auto")]
    [InlineData("Tier T3")]
    [InlineData("LogAddresses maybe")]
    public void FaultsStopTheStartWithStatusOne(string text)
    {
        FailureException failure = Assert.Throws<FailureException>(() => Config(text));
        Assert.Equal(1, failure.ExitCode);
    }

    [Fact]
    public void AllFaultsAreToldAtOnce()
    {
        FailureException failure = Assert.Throws<FailureException>(() => Config("NoSuch 1\nPort x\n"));
        Assert.Contains("line 1: Bad configuration option: nosuch", failure.Message, StringComparison.Ordinal);
        Assert.Contains(": bad number", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UsePAM no")]
    [InlineData("ChrootDirectory none")]
    [InlineData("AuthenticationMethods any")]
    [InlineData("X11Forwarding no")]
    [InlineData("PasswordAuthentication no")]
    [InlineData("KbdInteractiveAuthentication no")]
    [InlineData("GSSAPIAuthentication no")]
    public void HarmlessKeywordsAreAccepted(string text) => Config(text);

    [Fact]
    public void EveryKeywordIsKnown()
    {
        foreach (string name in KeywordNames.Server)
            Assert.NotNull(ServerKeywords.Table.Find(name));
    }

    [Fact]
    public void BlocksOverrideTheFileForTheirConnections()
    {
        ServerConfig config = Config("PermitTTY yes\nAcceptEnv LANG\nMatch user bob group *,!staff\n  PermitTTY no\n  AcceptEnv X\n  ForceCommand /bin/x \"y z\"\n");
        Assert.True(config.Global.PermitTty);
        ServerOptions bob = config.For(new ServerConnection("bob", ["users"], null, null, null));
        Assert.False(bob.PermitTty);
        Assert.Equal(["X"], bob.AcceptEnv);
        Assert.Equal("/bin/x \"y z\"", bob.ForceCommand.Value);
        Assert.True(config.For(new ServerConnection("Bob", ["users"], null, null, null)).PermitTty);
        Assert.True(config.For(new ServerConnection("bob", ["users", "staff"], null, null, null)).PermitTty);
        Assert.True(config.For(new ServerConnection("bob", [], null, null, null)).PermitTty);
    }

    [Theory]
    [InlineData("address 10.0.0.0/8", true)]
    [InlineData("address 10.1.2.3", true)]
    [InlineData("address 10.*", true)]
    [InlineData("address *,!10.0.0.0/8", false)]
    [InlineData("address 192.168.0.0/16", false)]
    [InlineData("localport 22,2222", true)]
    [InlineData("localport 23", false)]
    [InlineData("localaddress ::1", true)]
    [InlineData("all", true)]
    public void BlocksMatchConnections(string condition, bool expected)
    {
        ServerConfig config = Config($"Match {condition}\n  PermitTTY no\n");
        ServerConnection connection = new("u", [], IPAddress.Parse("::ffff:10.1.2.3"), IPAddress.IPv6Loopback, 2222);
        Assert.Equal(!expected, config.For(connection).PermitTty.Value);
    }

    [Fact]
    public void LoginsDoNotReadFilesAgain()
    {
        string included = _directory.Write("more", "MaxSessions 3\n");
        ServerConfig config = Config($"Include {_directory.Path}/mor*\n");
        System.IO.File.WriteAllText(included, "NoSuch\n");
        _directory.Write("mor2", "NoSuch\n");
        Assert.Equal(3, config.For(ServerConnection.None).MaxSessions.Value);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("AllowUsers bob", null)]
    [InlineData("AllowUsers alice b*", null)]
    [InlineData("AllowUsers Bob", "AllowUsers")]
    [InlineData("AllowUsers alice", "AllowUsers")]
    [InlineData("AllowUsers bob@10.0.0.0/8", null)]
    [InlineData("AllowUsers bob@192.168.0.0/16", "AllowUsers")]
    [InlineData("AllowUsers * !bob", "AllowUsers")]
    [InlineData("DenyUsers bob", "DenyUsers")]
    [InlineData("DenyUsers bob@10.*", "DenyUsers")]
    [InlineData("DenyUsers bob@11.*", null)]
    [InlineData("DenyUsers bob\nAllowUsers bob", "DenyUsers")]
    [InlineData("AllowGroups users", null)]
    [InlineData("AllowGroups wheel", "AllowGroups")]
    [InlineData("DenyGroups s*", "DenyGroups")]
    [InlineData("AllowUsers bob\nAllowGroups wheel", "AllowGroups")]
    public void AccessLists(string text, string? expected)
    {
        string? refusal = AccessList.Refusal(Config(text).Global, "bob", ["users", "staff"], IPAddress.Parse("10.1.1.1"));
        if (expected is null)
            Assert.Null(refusal);
        else
            Assert.EndsWith(expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void DumpReadsBackToItself()
    {
        ServerOptions options = Config("Port 1\nAllowUsers a b\nSubsystem sftp internal-sftp -l INFO\nSetEnv A=1\nForceCommand none\nMatch user x\n  PermitTTY no\n").Global;
        List<string> dump = ServerConfig.Dump(options).ToList();
        Assert.Contains("subsystem sftp internal-sftp -l INFO", dump);
        Assert.Contains("permitrootlogin prohibit-password", dump);
        Assert.Equal(dump, ServerConfig.Dump(Config(string.Join('\n', dump)).Global));
    }

    private ServerConfig Config(string text, params string[] settings) =>
        new(_directory.Write("qsshd_config", text), settings, _directory.Path, _notes.Add);
}

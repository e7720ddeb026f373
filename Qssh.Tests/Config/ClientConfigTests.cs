using Qssh.Config;
using Qssh.Errors;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Config;

public sealed class ClientConfigTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void FirstValueWinsAcrossSources()
    {
        File("Port 3000\nUser filed\nHost host\n  Port 4000\n  HostName real\nHost *\n  User late\n");
        ClientConfig config = Config("host", "Port=2000");
        Assert.Equal(2000, config.Options.Port.Value);
        Assert.Equal("filed", config.User);
        Assert.Equal("real", config.HostName);
    }

    [Fact]
    public void DefaultsHoldWithoutAnySource()
    {
        ClientConfig config = Config("host");
        Assert.Equal(22222, config.Options.Port.Value);
        Assert.Equal(HostKeyChecking.Ask, config.Options.StrictHostKeyChecking.Value);
        Assert.Equal(2, config.Options.Tier.Value);
        Assert.Equal("me", config.User);
        Assert.Equal("host", config.KnownHostName);
        Assert.Equal('~', config.Options.EscapeChar.Value);
    }

    [Theory]
    [InlineData("Host host", true)]
    [InlineData("Host other host", true)]
    [InlineData("Host h*", true)]
    [InlineData("Host h?st", true)]
    [InlineData("Host HOST", true)]
    [InlineData("Host *,host", false)]
    [InlineData("Host * !host", false)]
    [InlineData("Host !host *", false)]
    [InlineData("Host !guest", false)]
    [InlineData("Host \"host\"", true)]
    [InlineData("Host=host", true)]
    [InlineData("Match all", true)]
    [InlineData("Match host host", true)]
    [InlineData("Match host guest,h*", true)]
    [InlineData("Match host=host", true)]
    [InlineData("Match !host host", false)]
    [InlineData("Match host host user me", true)]
    [InlineData("Match host host user you", false)]
    [InlineData("Match user ME", false)]
    [InlineData("Match originalhost host localuser me", true)]
    [InlineData("Match host host,!host", false)]
    [InlineData("Match final", true)]
    [InlineData("Match final all", true)]
    [InlineData("Match final host guest", false)]
    public void BlocksApplyToTheirHosts(string condition, bool expected)
    {
        File(condition + "\n  Port 4000\n");
        Assert.Equal(expected ? 4000 : 22222, Config("host").Options.Port.Value);
    }

    [Fact]
    public void MatchHostSeesTheHostNameSetBefore()
    {
        File("Host alias\n  HostName real.example.com\nMatch host real.*\n  Port 4000\nMatch originalhost real.*\n  User wrong\n");
        ClientConfig config = Config("alias");
        Assert.Equal(4000, config.Options.Port.Value);
        Assert.Equal("me", config.User);
    }

    [Fact]
    public void BadOptionsTellTheirPlace()
    {
        Assert.Equal("command-line: line 0: Bad configuration option: nosuch", Refusal("NoSuch=1"));
        Assert.Equal("command-line: line 0: Bad configuration option: chrootdirectory", Refusal("ChrootDirectory=/"));
        Assert.Equal("command-line: line 0: port: bad number \"x\".", Refusal("Port=x"));
        Assert.Equal("command-line: line 0: port: missing argument.", Refusal("Port"));
        Assert.Equal("command-line: line 0: missing argument.", Refusal(""));

        string path = File("Port 22\nNoSuch 1\nHost other\n  Port 99999\n  BatchMode maybe\n");
        FailureException failure = Assert.Throws<FailureException>(() => Config("host"));
        Assert.Equal(255, failure.ExitCode);
        string[] lines = failure.Message.Split('\n');
        Assert.Equal($"{path}: line 2: Bad configuration option: nosuch", lines[0]);
        Assert.StartsWith($"{path}: line 4: port: number 99999", lines[1], StringComparison.Ordinal);
        Assert.Equal($"{path}: line 5: batchmode: unsupported option \"maybe\".", lines[2]);
        Assert.Equal($"{path}: terminating, 3 bad configuration options", lines[3]);
    }

    [Theory]
    [InlineData("Port=0")]
    [InlineData("Port=65536")]
    [InlineData("Port=+22")]
    [InlineData("Port=0x16")]
    [InlineData("Port=22 23")]
    [InlineData("Port=\"22")]
    [InlineData("Port=４")]
    [InlineData("BatchMode=y")]
    [InlineData("BatchMode=1")]
    [InlineData("StrictHostKeyChecking=maybe")]
    [InlineData("Tier=0")]
    [InlineData("Tier=9")]
    [InlineData("EscapeChar=ab")]
    [InlineData("SetEnv==x")]
    [InlineData("RekeyLimit=1")]
    [InlineData("RekeyLimit=1G 1h 1")]
    [InlineData("ConnectTimeout=soon")]
    [InlineData("User=-x")]
    [InlineData("User=a;b")]
    [InlineData("User=a$(id)")]
    [InlineData("ProxyCommand=nc %h %q")]
    [InlineData("ProxyJump=gate;id")]
    [InlineData("ProxyJump=-oProxyCommand=x")]
    [InlineData("IdentityFile=%z")]
    [InlineData("LocalCommand=echo %H")]
    [InlineData("UserKnownHostsFile=${}")]
    [InlineData("CanonicalizeHostname=maybe")]
    [InlineData("Match all")]
    public void StrictValues(string option) => Refusal(option);

    [Theory]
    [InlineData("ProxyCommand=none")]
    [InlineData("ProxyJump none")]
    [InlineData("ControlMaster=auto")]
    [InlineData("ControlPersist=60s")]
    [InlineData("ForwardX11=no")]
    [InlineData("GSSAPIAuthentication=no")]
    [InlineData("Ciphers=aes256-gcm@openssh.com")]
    [InlineData("KbdInteractiveAuthentication=no")]
    public void KeywordsWithoutMeaningAreAccepted(string option) => Config("host", option);

    [Theory]
    [InlineData("+ssh-rsa", "")]
    [InlineData("-ssh-dss", "")]
    [InlineData("^ssh-ed25519,rsa-sha2-*", "")]
    [InlineData("+ssh-rsa,falcon512", "+falcon512")]
    [InlineData("mldsa65,ecdsa-sha2-nistp256", "mldsa65")]
    public void Key_types_of_SSH_are_passed_over(string list, string kept)
    {
        Assert.Equal(kept, Config("host", "HostKeyAlgorithms=" + list).Options.HostKeyAlgorithms.Value.Text);
        Assert.Equal(kept, Config("host", "PubkeyAcceptedKeyTypes=" + list).Options.PubkeyAcceptedAlgorithms.Value.Text);
    }

    [Fact]
    public void IgnoreUnknownIsHonoured()
    {
        Config("host", "IgnoreUnknown=NoSuch,Other*", "NoSuch=1", "otherthing=2");
        File("IgnoreUnknown UseKeychains\nUseKeychains yes\n");
        Config("host");
        File("UseKeychains yes\nIgnoreUnknown UseKeychains\n");
        Assert.Throws<FailureException>(() => Config("host"));
        File("UseKeychains yes\n");
        Config("host", "IgnoreUnknown=UseKeychains");
        Assert.Contains(_notes, note => note.Contains("Ignored unknown option", StringComparison.Ordinal));
        Refusal("NoSuch=1");
    }

    [Fact]
    public void EveryKeywordIsKnown()
    {
        foreach (string name in KeywordNames.Client)
            Assert.NotNull(ClientKeywords.Table.Find(name));
    }

    [Fact]
    public void ListsGrowOrStay()
    {
        File("IdentityFile b\nIdentityFile a\nSendEnv X -LC_*\nUserKnownHostsFile z\nSetEnv A=3\n");
        ClientOptions options = Config("host", "IdentityFile=a", "SendEnv=LANG LC_ALL", "UserKnownHostsFile=x y", "SetEnv=A=1 B=\"2 3\"").Options;
        Assert.Equal(["a", "b"], options.IdentityFiles);
        Assert.Equal(["LANG", "X"], options.SendEnv);
        Assert.Equal(["x", "y"], options.UserKnownHostsFile.Value);
        Assert.Equal([new("A", "1"), new("B", "2 3")], options.SetEnv.Value);
        Assert.Empty(Config("host", "UserKnownHostsFile=none").Options.UserKnownHostsFile.Value);
    }

    [Theory]
    [InlineData("EscapeChar=none", null)]
    [InlineData("EscapeChar=^B", '\u0002')]
    [InlineData("EscapeChar=%", '%')]
    public void EscapeCharacters(string option, char? expected) => Assert.Equal(expected, Config("host", option).Options.EscapeChar.Value);

    [Fact]
    public void CommandsAreTakenAsWritten()
    {
        Assert.Equal("echo \"a  b\" # c", Config("host", "RemoteCommand=echo \"a  b\" # c").Options.RemoteCommand.Value);
        Assert.Equal("", Config("host", "RemoteCommand=none").Options.RemoteCommand.Value);
    }

    [Fact]
    public void IncludesReadOtherFiles()
    {
        _home.Write(".qssh/conf.d/10-a", "Port 1111\n");
        _home.Write(".qssh/conf.d/20-b", "Port 2222\nUser included\n");
        _home.Write(".qssh/conf.d/.hidden", "HostName hidden\n");
        File("Include conf.d/* missing ~/.qssh/none\nHost other\n  Include deep\nUser late\n");
        _home.Write(".qssh/deep", "Host *\n  HostName never\n");
        ClientConfig config = Config("host");
        Assert.Equal(1111, config.Options.Port.Value);
        Assert.Equal("included", config.User);
        Assert.Equal("host", config.HostName);
    }

    [Fact]
    public void IncludesMayHaveWildcardsInFolders_AndVariables()
    {
        _home.Write(".qssh/b/x/config", "User second\n");
        _home.Write(".qssh/a/x/config", "User first\nPort 3000\n");
        _home.Write(".qssh/a/y", "Port 4000\n");
        File("Include */x/config\n");
        Assert.Equal(("first", 3000), (Config("host").User, Config("host").Options.Port.Value));
        Environment.SetEnvironmentVariable("QSSH_TEST_INCLUDE", "a");
        File("Include ${QSSH_TEST_INCLUDE}/y\n");
        Assert.Equal(4000, Config("host").Options.Port.Value);
        foreach (string bad in (string[])["Include [ab]/x/config", "Include ${QSSH_TEST_UNSET}/x"])
        {
            File(bad + "\n");
            Assert.Contains("config: line 1: ", Assert.Throws<FailureException>(() => Config("host")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void IncludeLoopsEnd()
    {
        File("Include config\n");
        Assert.Contains("too many levels", Assert.Throws<FailureException>(() => Config("host")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void FilesThatOthersCanWriteAreRefused(UnixFileMode extra)
    {
        string path = File("Port 1\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | extra);
        Assert.StartsWith($"Bad owner or permissions on {path}", Assert.Throws<FailureException>(() => Config("host")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesOfStrangersAreRefused()
    {
        File("Port 1\n");
        ClientConfig config = new("host", "me", _home.Path) { IsOwnerTrusted = _ => false };
        Assert.Throws<FailureException>(() => config.AddFiles(null));
    }

    [Fact]
    public void NamedFileReplacesTheStandardOnes()
    {
        File("User standard\n");
        string other = _home.Write("other", "Port 99\n");
        ClientConfig config = new("host", "me", _home.Path);
        config.AddFiles(other);
        config.Complete();
        Assert.Equal(("me", 99), (config.User, config.Options.Port.Value));

        config = new ClientConfig("host", "me", _home.Path);
        config.AddFiles("none");
        Assert.Equal("me", config.User);
        config.AddFiles("/dev/null");
        Assert.Contains("No such file", Assert.Throws<FailureException>(() => config.AddFiles("/no/such")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooLargeFilesAreRefused()
    {
        File(new string('#', ConfigFile.MaxLine + 1) + "\n");
        Assert.Contains("line is too long", Assert.Throws<FailureException>(() => Config("host")).Message, StringComparison.Ordinal);
        File(new string('\n', ConfigFile.MaxBytes + 1));
        Assert.Contains("larger", Assert.Throws<FailureException>(() => Config("host")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad host")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("a;b")]
    [InlineData("a\nb")]
    [InlineData("`id`")]
    [InlineData("")]
    public void UnsafeHostNamesAreRefused(string host) => Assert.Throws<FailureException>(() => Config(host));

    [Fact]
    public void HostNameTokensExpandOnce()
    {
        Assert.Equal("host.example.com", Config("host", "HostName=%h.example.com").HostName);
        Assert.Throws<FailureException>(() => Config("host", "HostName=%q"));
        Assert.Throws<FailureException>(() => Config("host", "HostName=%n"));
        ClientConfig config = Config("host", "User=u%h");
        Assert.Equal(Path.Combine(_home.Path, "k-host-u%h-22222"), config.ExpandPath("~/k-%h-%r-%p"));
    }

    [Fact]
    public void TierBelowMinimumIsRefused() => Assert.Throws<FailureException>(() => Config("host", "Tier=1", "MinTier=2"));

    [Fact]
    public void DumpIsOpenSshsFormat()
    {
        List<string> lines = Config("Host", "User=u", "Port=99", "StrictHostKeyChecking=yes", "ConnectTimeout=1m", "RekeyLimit=1G 1h").Dump().ToList();
        Assert.Equal(["host Host", "user u", "hostname host", "port 99"], lines.Take(4));
        Assert.Contains("stricthostkeychecking true", lines);
        Assert.Contains("connecttimeout 60", lines);
        Assert.Contains("rekeylimit 1073741824 3600", lines);
        Assert.Contains("batchmode no", lines);
        Assert.Contains("requesttty auto", lines);
        Assert.Contains("tier T2", lines);
        Assert.All(lines, line => Assert.Matches("^[a-z]+ .", line));
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    [Fact]
    public void DumpReadsBackToItself()
    {
        ClientConfig first = Config("host", "SendEnv=A B_*", "EscapeChar=^X", "SetEnv=A=1", "ObscureKeystrokeTiming=interval:40", "LogLevel=DEBUG2", "IdentityFile=x");
        List<string> dump = first.Dump().Where(line => !line.StartsWith("host ", StringComparison.Ordinal)).ToList();
        ClientConfig second = Config("host", [.. dump]);
        Assert.Equal(first.Dump(), second.Dump());
    }

    private string File(string content) => _home.Write(".qssh/config", content);

    private string Refusal(string option)
    {
        FailureException failure = Assert.Throws<FailureException>(() => Config("host", option));
        Assert.Equal(255, failure.ExitCode);
        return failure.Message;
    }

    private ClientConfig Config(string host, params string[] options)
    {
        ClientConfig config = new(host, "me", _home.Path, _notes.Add);
        foreach (string option in options)
            config.AddOption(option);
        config.AddFiles(null);
        config.Complete();
        return config;
    }
}

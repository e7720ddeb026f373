using Qssh.Config;
using Qssh.Errors;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Config;

/// <summary>CLI-18: criteria of Match, and what they are compared with.</summary>
public sealed class ClientMatchTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly List<string> _notes = [];
    private readonly FakeMachine _machine = new() { Names = ["web.two.example", "one.two"] };

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("Match tagged work", "Tag=work", true)]
    [InlineData("Match tagged work", "Tag=WORK", false)]
    [InlineData("Match tagged \"\"", "BatchMode=no", true)]
    [InlineData("Match tagged \"\"", "Tag=x", false)]
    [InlineData("Match !tagged work", "Tag=home", true)]
    [InlineData("Match version qssh_*", "BatchMode=no", true)]
    [InlineData("Match version OpenSSH_*", "BatchMode=no", false)]
    [InlineData("Match sessiontype exec", "BatchMode=no", true)]
    [InlineData("Match sessiontype shell,exec", "SessionType=subsystem", false)]
    [InlineData("Match sessiontype subsystem", "SessionType=subsystem", true)]
    [InlineData("Match sessiontype none", "SessionType=none", true)]
    [InlineData("Match command \"uptime*\"", "BatchMode=no", true)]
    [InlineData("Match command=up*", "BatchMode=no", true)]
    [InlineData("Match command \"\"", "BatchMode=no", false)]
    [InlineData("Match localnetwork 192.0.2.0/24", "BatchMode=no", true)]
    [InlineData("Match localnetwork 10.0.0.0/8,2001:db8::/32", "BatchMode=no", true)]
    [InlineData("Match localnetwork 10.0.0.0/8", "BatchMode=no", false)]
    [InlineData("Match !localnetwork 192.0.2.0/24", "BatchMode=no", false)]
    [InlineData("Match canonical", "BatchMode=no", false)]
    [InlineData("Match canonical", "CanonicalizeHostname=yes", true)]
    [InlineData("Match !canonical", "CanonicalizeHostname=no", true)]
    public void Criteria_hold_or_not(string condition, string option, bool expected)
    {
        File(condition + "\n  Port 4000\n");
        Assert.Equal(expected ? 4000 : 22222, Config("host", option).Options.Port.Value);
    }

    [Theory]
    [InlineData("Match")]
    [InlineData("Match host")]
    [InlineData("Match nothing x")]
    [InlineData("Match all host x")]
    [InlineData("Match localnetwork 10.0.0.0/99")]
    [InlineData("Match exec \"test %z\"")]
    [InlineData("Host other\n  Include nested")]
    public void Malformed_lines_are_errors_even_where_they_do_not_count(string condition)
    {
        _home.Write(".qssh/nested", "Match nothing x\n");
        File(condition + "\n  Port 4000\n");
        Assert.Contains("line 1: ", Assert.Throws<FailureException>(() => Config("host")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Match exec true", false)]
    [InlineData("Match !exec true", false)]
    [InlineData("Match !exec false", false)]
    public void Exec_is_not_run_unless_enabled_and_its_block_never_counts(string condition, bool expected)
    {
        File(condition + "\n  Port 4000\n");
        Assert.Equal(expected ? 4000 : 22222, Config("host").Options.Port.Value);
        Assert.Empty(_machine.Commands);
        Assert.Contains(_notes, note => note.Contains("line 1: Match exec is not run", StringComparison.Ordinal) && note.Contains("EnableMatchExec", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Match exec \"true %h %n %p %r %u %i %l %L %d %%\"", true)]
    [InlineData("Match exec=true", true)]
    [InlineData("Match exec false", false)]
    [InlineData("Match !exec false", true)]
    [InlineData("Match !exec true", false)]
    public void Exec_decides_where_it_is_enabled(string condition, bool expected)
    {
        File($"EnableMatchExec yes\nHostName real\n{condition}\n  Port 4000\n");
        Assert.Equal(expected ? 4000 : 22222, Config("host").Options.Port.Value);
        if (condition.Contains("%h"))
            Assert.Equal([$"true real host 22222 me me 1000 here.example.org here {_home.Path} %"], _machine.Commands);
    }

    [Fact]
    public void Exec_is_run_only_where_it_can_matter()
    {
        _home.Write(".qssh/nested", "Match exec true\n  Port 4000\n");
        File("Match host other exec true\n  Port 4000\nHost other\n  Include nested\n");
        Assert.Equal(22222, Config("host", "EnableMatchExec=yes").Options.Port.Value);
        Assert.Empty(_machine.Commands);
    }

    [Fact]
    public void Exec_gets_no_name_that_means_something_to_a_shell()
    {
        File("HostName a;id\nMatch exec \"true %h\"\n  Port 4000\nMatch !exec \"false %h\"\n  Port 4001\n");
        ClientConfig config = new("host", "me", _home.Path, _notes.Add) { Machine = _machine };
        config.AddOption("EnableMatchExec=yes");
        config.AddFiles(null);
        Assert.Equal(22222, config.Options.Port.Value);
        Assert.Empty(_machine.Commands);
    }

    [Fact]
    public void The_second_reading_sees_the_name_connected_to()
    {
        File("Match final\n  HostName later\n  Port 9\nHost first\n  User fu\nHost x\n  HostName FIRST\n");
        ClientConfig config = Config("x");
        Assert.Equal(("first", 9, "fu"), (config.HostName, config.Options.Port.Value, config.User));
    }

    [Theory]
    [InlineData("web", "yes", "web.two.example", "web.one.example web.two.example")]
    [InlineData("WEB", "yes", "web.two.example", "web.one.example web.two.example")]
    [InlineData("web", "no", "web", "")]
    [InlineData("mail", "yes", "mail", "mail.one.example mail.two.example")]
    [InlineData("a.b", "yes", "a.b", "a.b.one.example a.b.two.example")]
    [InlineData("a.b.c", "yes", "a.b.c", "")]
    [InlineData("web.", "yes", "web", "")]
    [InlineData("192.0.2.1", "yes", "192.0.2.1", "")]
    [InlineData("::1", "always", "::1", "")]
    public void Short_names_get_the_domain_that_has_them(string host, string mode, string expected, string asked)
    {
        ClientConfig config = Config(host, "CanonicalizeHostname=" + mode, "CanonicalDomains=one.example two.example");
        Assert.Equal((expected, asked), (config.HostName, string.Join(' ', _machine.Commands)));
    }

    [Fact]
    public void Canonicalization_stops_at_proxies_and_may_give_up()
    {
        Assert.Equal("web", Config("web", "CanonicalizeHostname=yes", "CanonicalDomains=two.example", "ProxyCommand=x").HostName);
        Assert.Equal("web.two.example", Config("web", "CanonicalizeHostname=always", "CanonicalDomains=two.example", "ProxyCommand=x").HostName);
        string[] strict = ["CanonicalizeHostname=yes", "CanonicalDomains=two.example", "CanonicalizeFallbackLocal=no"];
        Assert.Throws<FailureException>(() => Config("mail", strict));
        Assert.Equal("web.two.example", Config("web", strict).HostName);
        Assert.Equal("one.two", Config("one", "CanonicalizeHostname=yes", "CanonicalDomains=two", "CanonicalizeMaxDots=0").HostName);
        Assert.Equal("one.x", Config("one.x", "CanonicalizeHostname=yes", "CanonicalDomains=two", "CanonicalizeMaxDots=0").HostName);
    }

    private void File(string content) => _home.Write(".qssh/config", content);

    private ClientConfig Config(string host, params string[] options)
    {
        ClientConfig config = new(host, "me", _home.Path, _notes.Add) { Machine = _machine, Command = "uptime -p", Release = "qssh_0.1.0" };
        foreach (string option in options)
            config.AddOption(option);
        config.AddFiles(null);
        config.Complete();
        return config;
    }
}

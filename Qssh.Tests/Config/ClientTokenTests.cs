using Qssh.Config;
using Qssh.Errors;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Config;

/// <summary>CLI-18: tokens and variables in values.</summary>
public sealed class ClientTokenTests : IDisposable
{
    private readonly TempDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("%%", "%")]
    [InlineData("%C", "<here.example.orgreal2222you>")]
    [InlineData("%h-%n-%k", "real-host-host")]
    [InlineData("%i %u %r", "1000 me you")]
    [InlineData("%l %L", "here.example.org here")]
    [InlineData("%p%j", "2222")]
    [InlineData("a%%hb", "a%hb")]
    [InlineData("${QSSH_TEST_TOKEN}/%u", "%h/me")]
    [InlineData("$QSSH_TEST_TOKEN", "$QSSH_TEST_TOKEN")]
    public void Tokens_and_variables_are_replaced_once(string text, string expected)
    {
        Environment.SetEnvironmentVariable("QSSH_TEST_TOKEN", "%h");
        ClientConfig config = Config("HostName=real", "User=you", "Port=2222");
        Assert.Equal(expected, config.ExpandPath(text));
        Assert.Equal(_home.Path, config.ExpandPath("%d"));
    }

    [Fact]
    public void An_alias_is_the_name_of_the_keys() => Assert.Equal("al", Config("HostKeyAlias=al").ExpandPath("%k"));

    [Fact]
    public void The_user_of_the_command_line_is_never_expanded() => Assert.Equal("u%h", Config("User=u%h").ExpandPath("%r"));

    [Theory]
    [InlineData("IdentityFile ~/%z", "IdentityFile: unknown key %z")]
    [InlineData("UserKnownHostsFile a %T", "UserKnownHostsFile: unknown key %T")]
    [InlineData("HostName %p", "HostName: unknown key %p")]
    [InlineData("RemoteCommand echo %", "RemoteCommand: \"echo %\" ends in %")]
    [InlineData("LocalCommand echo %K", "LocalCommand: unknown key %K")]
    [InlineData("ProxyCommand nc %u", "ProxyCommand: unknown key %u")]
    [InlineData("KnownHostsCommand /bin/x %z", "KnownHostsCommand: unknown key %z")]
    [InlineData("RevokedHostKeys %q", "RevokedHostKeys: unknown key %q")]
    [InlineData("IdentityFile ${X", "IdentityFile: bad environment variable")]
    public void Unknown_ones_name_keyword_and_line(string line, string reason)
    {
        string path = _home.Write(".qssh/config", "Host other\n" + line + "\n");
        string message = Assert.Throws<FailureException>(() => Config()).Message;
        Assert.StartsWith($"{path}: line 2: {reason}", message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_variable_without_value_is_an_error_when_it_is_needed() =>
        Assert.Contains("QSSH_TEST_UNSET", Assert.Throws<FailureException>(() => Config("IdentityFile=${QSSH_TEST_UNSET}/k").ExpandPath("${QSSH_TEST_UNSET}/k")).Message);

    [Fact]
    public void Commands_for_a_shell_keep_its_variables() =>
        Assert.Equal("echo ${HOME} %h", Config("RemoteCommand=echo ${HOME} %h").Options.RemoteCommand.Value);

    [Theory]
    [InlineData("x", "", "ProxyCommand=x", "ProxyJump=y")]
    [InlineData("", "y", "ProxyJump=y", "ProxyCommand=x")]
    [InlineData("", "", "ProxyCommand=none", "ProxyJump=y")]
    [InlineData("x", "", "ProxyJump=none", "ProxyCommand=x", "ProxyJump=y")]
    [InlineData("x", "", "ProxyJump=none", "ProxyJump=y", "ProxyCommand=x")]
    [InlineData("", "", "ProxyJump=none", "ProxyJump=y")]
    public void Of_two_ways_through_a_proxy_the_first_counts(string command, string jump, params string[] options)
    {
        ClientOptions found = Config(options).Options;
        Assert.Equal((command, jump), (found.ProxyCommand.Value, found.ProxyJump.Value));
    }

    private ClientConfig Config(params string[] options)
    {
        ClientConfig config = new("host", "me", _home.Path) { Machine = new FakeMachine() };
        foreach (string option in options)
            config.AddOption(option);
        config.AddFiles(null);
        config.Complete();
        return config;
    }
}

using System.Net;
using System.Text;
using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class AuthorizedKeysTests
{
    private static readonly PublicKey s_key = TestKeys.Public(5), s_other = TestKeys.Public(6);
    private static readonly IPAddress s_from = IPAddress.Parse("192.0.2.9");
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly List<string> _notes = [];

    private static string Line => s_key.ToLine("me");

    [Theory]
    [InlineData("restrict", Permissions.None)]
    [InlineData("restrict,pty", Permissions.Pty)]
    [InlineData("pty,restrict", Permissions.None)]
    [InlineData("no-pty", Permissions.Unrestricted & ~Permissions.Pty)]
    [InlineData("No-PTY", Permissions.Unrestricted & ~Permissions.Pty)]
    [InlineData("no-port-forwarding", Permissions.Unrestricted & ~Permissions.PortForwarding)]
    [InlineData("no-agent-forwarding", Permissions.Unrestricted & ~Permissions.AgentForwarding)]
    [InlineData("no-X11-forwarding", Permissions.Unrestricted & ~Permissions.X11Forwarding)]
    [InlineData("no-user-rc", Permissions.Unrestricted & ~Permissions.UserRc)]
    [InlineData("restrict,port-forwarding,agent-forwarding,X11-forwarding,user-rc", Permissions.Unrestricted & ~Permissions.Pty)]
    [InlineData("no-touch-required", Permissions.Unrestricted)]
    public void FlagsGrantAndTake(string options, object expected)
    {
        KeyAuthorization found = Find($"{options} {Line}");
        Assert.Equal(KeyDecision.Authorized, found.Decision);
        Assert.Equal((Permissions)expected, found.Options!.Capabilities.Permissions);
    }

    [Theory]
    [InlineData("cert-authority")]
    [InlineData("verify-required")]
    [InlineData("tunnel=\"0\"")]
    [InlineData("principals=\"a\"")]
    [InlineData("frobnicate")]
    [InlineData("frobnicate=\"x\"")]
    [InlineData("no-frobnication")]
    [InlineData("restrict,frobnicate")]
    [InlineData("pty=\"x\"")]
    [InlineData("command")]
    [InlineData("command=ls")]
    [InlineData("command=\"ls")]
    [InlineData("command=\"ls\"x")]
    [InlineData("command=\"a\",command=\"b\"")]
    [InlineData("from=\"\"")]
    [InlineData("from=\"10.0.0.0/33\"")]
    [InlineData("from=\"10.0.0.1/8\"")]
    [InlineData("from=\"*\",from=\"*\"")]
    [InlineData("environment=\"=x\"")]
    [InlineData("environment=\"A-B=x\"")]
    [InlineData("environment=\"AB\"")]
    [InlineData("expiry-time=\"2026\"")]
    [InlineData("expiry-time=\"20261301\"")]
    [InlineData("expiry-time=\"x0260101\"")]
    [InlineData("permitopen=\"host\"")]
    [InlineData("permitopen=\"host:0\"")]
    [InlineData("permitopen=\"host:65536\"")]
    [InlineData("permitopen=\"host:4294967295\"")]
    [InlineData("permitopen=\"host:0x50\"")]
    [InlineData("permitopen=\":80\"")]
    [InlineData("permitlisten=\"x\"")]
    [InlineData(",pty")]
    [InlineData("pty,")]
    [InlineData("pty,,restrict")]
    [InlineData("\"pty\"")]
    public void WhatIsNotUnderstoodDeniesTheLine(string options)
    {
        Assert.Equal(KeyDecision.Denied, Find($"{options} {Line}").Decision);
        Assert.Contains(_notes, note => note.StartsWith("keys:1: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("command=\"echo hi\"", "echo hi")]
    [InlineData("command=\"echo \\\"a, b\\\" \\n\"", "echo \"a, b\" \\n")]
    [InlineData("command=\"\"", "")]
    [InlineData("no-pty,command=\"x # y\",no-user-rc", "x # y")]
    public void ForcedCommandIsTakenWhole(string options, string expected) =>
        Assert.Equal(expected, Find($"{options} {Line}").Options!.Capabilities.ForcedCommand);

    [Fact]
    public void EnvironmentKeepsTheFirstOfAName()
    {
        KeyAuthorization found = Find($"environment=\"A=1 2\",environment=\"A=3\",environment=\"B=\" {Line}");
        Assert.Equal([new("A", "1 2"), new("B", "")], found.Options!.Environment);
    }

    [Theory]
    [InlineData("192.0.2.9", true)]
    [InlineData("192.0.2.*", true)]
    [InlineData("192.0.2.?", true)]
    [InlineData("192.0.2.0/24", true)]
    [InlineData("10.0.0.0/8,192.0.2.9", true)]
    [InlineData("*,!192.0.2.9", false)]
    [InlineData("!192.0.2.0/24,*", false)]
    [InlineData("!10.0.0.0/8", false)]
    [InlineData("192.0.2.90", false)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("example.com", false)]
    public void FromLimitsTheAddress(string list, bool expected)
    {
        KeyAuthorization found = Find($"from=\"{list}\" {Line}");
        Assert.Equal(expected ? KeyDecision.Authorized : KeyDecision.Denied, found.Decision);
    }

    [Fact]
    public void FromSeesThroughMappedAddressesAndNeedsOne()
    {
        AddressPatterns patterns = AddressPatterns.TryParse("192.0.2.0/24,2001:db8::/32,fe80::1")!;
        Assert.True(patterns.Matches(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.True(patterns.Matches(IPAddress.Parse("2001:db8::7")));
        Assert.True(patterns.Matches(IPAddress.Parse("fe80::1%3")));
        Assert.False(patterns.Matches(IPAddress.Parse("::1")));
        Assert.NotNull(KeyOptionParser.Parse([("from", "*")], out _)!.Refusal(null, s_now));
    }

    [Theory]
    [InlineData("20260505Z", true)]
    [InlineData("20260504120001Z", true)]
    [InlineData("202605041201Z", true)]
    [InlineData("20260504120000Z", false)]
    [InlineData("20260504Z", false)]
    [InlineData("20200101Z", false)]
    public void ExpiredKeysAreRefused(string time, bool expected) =>
        Assert.Equal(expected ? KeyDecision.Authorized : KeyDecision.Denied, Find($"expiry-time=\"{time}\" {Line}").Decision);

    [Fact]
    public void EarliestExpiryCounts() =>
        Assert.Equal(KeyDecision.Denied, Find($"expiry-time=\"20300101Z\",expiry-time=\"20200101Z\" {Line}").Decision);

    [Fact]
    public void ForwardTargetsAreRecorded()
    {
        Capabilities found = Find($"permitopen=\"a:80\",permitopen=\"[::1]:*\",permitlisten=\"8080\" {Line}").Options!.Capabilities;
        Assert.Equal(["a:80", "[::1]:*"], found.PermitOpen!);
        Assert.Equal(["8080"], found.PermitListen!);
    }

    [Fact]
    public void FirstLineThatAllowsDecides()
    {
        string text = $"# keys\n\n{s_other.ToLine()}\nfrom=\"10.0.0.0/8\" {Line}\nfrobnicate {Line}\nno-pty {Line}\n{Line}\n";
        KeyAuthorization found = Find(text);
        Assert.Equal("keys:6", found.Place);
        Assert.False(found.Options!.Capabilities.Allows(Permissions.Pty));
        Assert.Contains(_notes, note => note == "keys:4: key refused: the key may not be used from this address");
        Assert.Contains(_notes, note => note.Contains("keys:5", StringComparison.Ordinal) && note.Contains("frobnicate", StringComparison.Ordinal));
    }

    [Fact]
    public void OnlyThatKeyIsAuthorized()
    {
        Assert.Equal(KeyDecision.Denied, Find(s_other.ToLine()).Decision);
        Assert.Equal(KeyDecision.Denied, Find("").Decision);
        Assert.Equal(KeyDecision.Denied, Find("#" + Line).Decision);
        Assert.Equal(KeyDecision.Denied, Find(Line.Replace("mldsa65", "mldsa87")).Decision);
    }

    [Fact]
    public void OverlongLineIsRejectedWhole()
    {
        string text = $"command=\"{new string('x', PublicKeyLine.MaxLength)}\n\" {Line}\n";
        Assert.Equal(KeyDecision.Denied, Find($"command=\"{new string('x', PublicKeyLine.MaxLength)} {Line}").Decision);
        Assert.Equal(KeyDecision.Denied, Find(text).Decision);
    }

    [Fact]
    public void ClassicalKeysAreNamedInTheLog()
    {
        Find("no-pty ssh-rsa AAAA me");
        Assert.Contains(_notes, note => note.Contains("RSA is refused", StringComparison.Ordinal));
    }

    [Fact]
    public void GiteasLineIsUnderstood()
    {
        string line = $"command=\"/usr/bin/gitea --config=/etc/gitea/app.ini serv key-1\",no-port-forwarding,no-X11-forwarding,no-agent-forwarding,no-pty,no-user-rc,restrict {Line}";
        Assert.Equal(KeyDecision.Authorized, Find(line).Decision);
    }

    private KeyAuthorization Find(string text)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        return AuthorizedKeys.Find(stream, "keys", s_key, s_from, s_now, _notes.Add);
    }
}

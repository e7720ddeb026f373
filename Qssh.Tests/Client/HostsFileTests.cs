using Qssh.Client;
using Qssh.Platform;

namespace Qssh.Tests.Client;

public sealed class HostsFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public HostsFileTests() => File.WriteAllText(_file, """
        127.0.0.1	localhost loop # loopback
        ::1 localhost ip6-localhost
        # 10.0.0.1 comment
        192.0.2.7 Web.Example.org web
        2001:db8::7   web.example.org
        nonsense web
        192.0.2.8 dup dup
        192.0.2.8 dup
        fe80::1%lo zone
        """);

    [Theory]
    [InlineData("localhost", "127.0.0.1 ::1")]
    [InlineData("LOOP", "127.0.0.1")]
    [InlineData("web.example.org", "192.0.2.7 2001:db8::7")]
    [InlineData("web.example.org.", "192.0.2.7 2001:db8::7")]
    [InlineData("web", "192.0.2.7")]
    [InlineData("dup", "192.0.2.8")]
    [InlineData("comment", "")]
    [InlineData("example.org", "")]
    [InlineData("127.0.0.1", "")]
    public void A_name_has_the_addresses_of_its_lines(string name, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', HostsFile.Find(name, IpFamily.Any, _file).Select(a => a.AddressText)));

    [Fact]
    public void Only_the_wanted_family_is_taken()
    {
        Assert.Equal(["2001:db8::7"], HostsFile.Find("web.example.org", IpFamily.V6, _file).Select(a => a.AddressText));
        Assert.Equal(["192.0.2.7"], HostsFile.Find("web.example.org", IpFamily.V4, _file).Select(a => a.AddressText));
    }

    [Fact]
    public void Localhost_needs_no_file() => Assert.Equal(["::1", "127.0.0.1"], HostsFile.Find("localhost", IpFamily.Any, "/nonexistent").Select(a => a.AddressText));

    public void Dispose() => File.Delete(_file);
}

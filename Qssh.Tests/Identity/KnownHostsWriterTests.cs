using Qssh.Client;
using Qssh.Identity;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class KnownHostsWriterTests
{
    private static readonly PublicKey s_key = TestKeys.Public(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StoredKeysAreFoundAgain(bool hashed)
    {
        using TempDirectory home = new();
        string file = home[".qssh/known_hosts"];
        Assert.Null(KnownHostsWriter.Add(file, "Host", 22222, s_key, hashed));
        Assert.Null(KnownHostsWriter.Add(file, "host", 22, TestKeys.Public(2), hashed));
        Assert.Equal($"{file}:1", KnownHosts.Find([file], "host", 22222).Check(s_key).Place);
        Assert.Equal(HostKeyStatus.Match, KnownHosts.Find([file], "host", 22222).Check(s_key).Status);
        Assert.Equal(HostKeyStatus.Changed, KnownHosts.Find([file], "host", 22).Check(s_key).Status);
        Assert.Equal(hashed, !File.ReadAllText(file).Contains("host", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatCannotBeStoredIsAWarning()
    {
        Assert.Contains("known hosts", KnownHostsWriter.Add("/proc/nowhere/known_hosts", "host", 22, s_key, false), StringComparison.Ordinal);
        Assert.Contains("known hosts", KnownHostsWriter.Add(null, "host", 22, s_key, false), StringComparison.Ordinal);
        Assert.Null(KnownHostsWriter.Add("/dev/null", "host", 22, s_key, false));
    }

    [Fact]
    public async Task LinesOfManyWritersStayWhole()
    {
        using TempDirectory home = new();
        string file = home["known_hosts"];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 25; i++)
                Assert.Null(KnownHostsWriter.Add(file, $"host{writer}-{i}", 22222, s_key, false));
        })));
        string[] lines = File.ReadAllLines(file);
        Assert.Equal(200, lines.Length);
        Assert.All(lines, line => Assert.True(PublicKeyLine.Parse(line.AsSpan(line.IndexOf(' '))).Key is not null));
    }
}

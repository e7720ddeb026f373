namespace Qssh.Tests.Client;

/// <summary>-G and -Q answer without a connection.</summary>
public sealed class OfflineTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("qssh-offline-").FullName;

    [Fact]
    public async Task G_prints_the_effective_configuration()
    {
        Directory.CreateDirectory(Path.Combine(_home, ".qssh"));
        File.WriteAllText(Path.Combine(_home, ".qssh", "config"), "Host web\n  HostName web.example.org\n  Port 2022\n  User deploy\nHost *\n  ServerAliveInterval 15\n");
        QsshResult result = await QsshProcess.RunAsync("-G -v -o Tier=T1 -i ~/key web", _home);
        Assert.Equal(0, result.Exit);
        string[] lines = result.Output.Split('\n');
        Assert.Equal(["host web", "user deploy", "hostname web.example.org", "port 2022"], lines[..4]);
        foreach (string line in (string[])["serveraliveinterval 15", "tier T1", "mintier T1", "loglevel DEBUG", "stricthostkeychecking ask", "escapechar ~", "requesttty auto"])
            Assert.Contains(line, lines);
        Assert.Equal("", result.Errors);
    }

    [Theory]
    [InlineData("kex", "chkem1024\nchkem768\nxwing\n")]
    [InlineData("cipher", "aes256-gcm\nchacha20-poly1305\n")]
    [InlineData("mac", "aes256-gcm\nchacha20-poly1305\n")]
    [InlineData("tier", "T1\nT2\n")]
    public async Task Q_lists_what_is_built(string what, string expected)
    {
        QsshResult result = await QsshProcess.RunAsync("-Q " + what, _home);
        Assert.Equal((0, expected, ""), (result.Exit, result.Output, result.Errors));
    }

    [Fact]
    public async Task Q_lists_signatures_and_refuses_what_it_does_not_know()
    {
        Assert.Contains("mldsa65\n", (await QsshProcess.RunAsync("-Q sig", _home)).Output);
        QsshResult result = await QsshProcess.RunAsync("-Q nothing", _home);
        Assert.Equal((255, ""), (result.Exit, result.Output));
        Assert.Contains("unknown list 'nothing'", result.Errors);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}

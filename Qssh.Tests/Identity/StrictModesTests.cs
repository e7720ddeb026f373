using System.Text;
using Qssh.Auth;
using Qssh.Identity;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class StrictModesTests
{
    private const uint User = 1000;

    private static readonly PublicKey s_key = TestKeys.Public(4);

    private readonly List<string> _notes = [];
    private readonly FakeFiles _files = new();

    [Fact]
    public void SafeTreeIsAccepted() => Assert.Equal(KeyDecision.Authorized, Find().Decision);

    [Theory]
    [InlineData("/home/u/.qssh/authorized_keys", 1000u, 0x1B4u)] // 0664
    [InlineData("/home/u/.qssh/authorized_keys", 1000u, 0x1A6u)] // 0646
    [InlineData("/home/u/.qssh/authorized_keys", 1001u, 0x180u)]
    [InlineData("/home/u/.qssh", 1000u, 0x1FFu)]
    [InlineData("/home/u/.qssh", 1000u, 0x1F8u)] // 0770
    [InlineData("/home/u/.qssh", 1001u, 0x1C0u)]
    [InlineData("/home/u", 1000u, 0x1F8u)]
    [InlineData("/home/u", 7u, 0x1EDu)]
    public void UnsafePartIsNamedAndRefused(string path, uint owner, uint mode)
    {
        _files.Set(path, owner, mode);
        Assert.Equal(KeyDecision.Denied, Find().Decision);
        string note = Assert.Single(_notes);
        Assert.Contains("bad ownership or modes for", note, StringComparison.Ordinal);
        Assert.Contains(path + " (", note, StringComparison.Ordinal);
        Assert.Contains($"owner {owner}, mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/home/u/.qssh/authorized_keys")]
    [InlineData("/home/u/.qssh")]
    [InlineData("/home/u")]
    public void RootMayOwnAnyPart(string path)
    {
        _files.Set(path, 0, 0x1ED);
        Assert.Equal(KeyDecision.Authorized, Find().Decision);
    }

    [Fact]
    public void CheckEndsAtTheHome()
    {
        _files.Set("/home", 0, 0x1FF);
        Assert.Equal(KeyDecision.Authorized, Find().Decision);
    }

    [Fact]
    public void OutsideOfTheHomeTheWholePathCounts()
    {
        _files.Set("/srv/keys/u", User, 0x180);
        _files.Set("/srv/keys", 0, 0x1ED);
        _files.Set("/srv", 0, 0x1ED);
        Assert.Equal(KeyDecision.Authorized, Find("/srv/keys/%u").Decision);
        _files.Set("/", 0, 0x1FF);
        Assert.Equal(KeyDecision.Denied, Find("/srv/keys/%u").Decision);
    }

    [Fact]
    public void TurnedOffItOnlyReads()
    {
        _files.Set("/home/u/.qssh", 77, 0x1FF);
        Assert.Equal(KeyDecision.Authorized, Find(strict: false).Decision);
    }

    [Fact]
    public void OddFilesCountAsEmpty()
    {
        _files.Set("/home/u/.qssh/authorized_keys", User, 0x180, regular: false);
        Assert.Equal(KeyDecision.Denied, Find(strict: false).Decision);
        Assert.Equal(KeyDecision.Denied, Find("missing").Decision);
        Assert.Equal(KeyDecision.Denied, Find("%x").Decision);
        Assert.Equal(KeyDecision.Denied, Find("%").Decision);
    }

    [Theory]
    [InlineData(".qssh/authorized_keys", "/home/u/.qssh/authorized_keys")]
    [InlineData("/etc/keys/%u", "/etc/keys/u")]
    [InlineData("%h/k", "/home/u/k")]
    [InlineData("/k/%U", "/k/1000")]
    [InlineData("/k/%%", "/k/%")]
    [InlineData("%z", null)]
    public void TokensExpand(string pattern, string? expected) =>
        Assert.Equal(expected, AuthorizedKeysFiles.Expand(pattern, new AccountFiles("u", User, "/home/u")));

    [Fact]
    public void RealFilesAreChecked()
    {
        using TempDirectory home = new();
        uint uid = Environment.IsPrivilegedProcess ? 0 : uint.Parse(File.ReadAllText("/proc/self/loginuid"));
        AccountFiles account = new("u", uid, home.Path);
        AuthorizedKeysFiles files = new(new KeyFiles(), strictModes: true);
        string path = home.Write(".qssh/authorized_keys", s_key.ToLine());
        KeyAuthorization Look() => files.Find([".qssh/authorized_keys"], account, s_key, null, DateTimeOffset.UtcNow, _notes.Add);

        Assert.Equal(KeyDecision.Authorized, Look().Decision);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        Assert.Equal(KeyDecision.Denied, Look().Decision);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(home[".qssh"], (UnixFileMode)0x1FF);
        Assert.Equal(KeyDecision.Denied, Look().Decision);
        File.Delete(path);
        File.SetUnixFileMode(home[".qssh"], (UnixFileMode)0x1C0);
        File.CreateSymbolicLink(path, "/dev/zero");
        Assert.Equal(KeyDecision.Denied, Look().Decision);
    }

    private KeyAuthorization Find(string pattern = ".qssh/authorized_keys", bool strict = true) =>
        new AuthorizedKeysFiles(_files, strict).Find(
            [pattern], new AccountFiles("u", User, "/home/u"), s_key, null, DateTimeOffset.UtcNow, _notes.Add);

    private sealed class FakeFiles : IKeyFiles
    {
        private readonly Dictionary<string, FileFacts> _facts = new()
        {
            ["/"] = new FileFacts(0, 0x1ED, false),
            ["/home"] = new FileFacts(0, 0x1ED, false),
            ["/home/u"] = new FileFacts(User, 0x1ED, false),
            ["/home/u/.qssh"] = new FileFacts(User, 0x1C0, false),
            ["/home/u/.qssh/authorized_keys"] = new FileFacts(User, 0x180, true),
        };

        public void Set(string path, uint owner, uint mode, bool regular = true) => _facts[path] = new FileFacts(owner, mode, regular);

        public FileFacts? Look(string path) => _facts.TryGetValue(path, out FileFacts facts) ? facts : null;

        public string? Resolve(string path) => _facts.ContainsKey(path) ? path : null;

        public Stream? Open(string path, out FileFacts facts, out string? fault)
        {
            fault = _facts.TryGetValue(path, out facts) ? null : "no such file or directory";
            return fault is null ? new MemoryStream(Encoding.UTF8.GetBytes(s_key.ToLine())) : null;
        }
    }
}

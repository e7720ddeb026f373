using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

public sealed class AccountsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("accounts").FullName;
    private readonly Accounts _accounts;

    public AccountsTests() => _accounts = new Accounts(_directory);

    public void Dispose() => Directory.Delete(_directory, true);

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_directory, file), content);

    [Fact]
    public void Entries_are_found_by_name_and_uid()
    {
        Write("passwd", "root:x:0:0:root:/root:/bin/bash\njürgen:x:1000:1001:J,,,:/home/jürgen:/bin/zsh\nbare:*:1002:1002:::\nsvc:x:7:7::/:/usr/sbin/nologin");
        UserAccount account = _accounts.FindByName("jürgen")!;
        Assert.Equal(("jürgen", 1000u, 1001u, "/home/jürgen", "/bin/zsh"), (account.Name, account.Uid, account.Gid, account.Home, account.Shell));
        Assert.True(account.HasLoginShell);
        Assert.Equal(account, _accounts.FindByUid(1000));
        account = _accounts.FindByName("bare")!;
        Assert.Equal(("/", "/bin/sh"), (account.Home, account.Shell));
        Assert.False(_accounts.FindByName("svc")!.HasLoginShell);
        Assert.Null(_accounts.FindByName("roo"));
        Assert.Null(_accounts.FindByName("rootx"));
        Assert.Null(_accounts.FindByUid(55));
    }

    [Theory]
    [InlineData("bad:x:1:2:gecos:/home")]
    [InlineData("bad:x:1:2:gecos:/home:/bin/sh:more")]
    [InlineData("bad:x::2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:-1:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:+1:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:1x:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x: 1:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:0x1:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:4294967295:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:4294967296:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:99999999999999999999:2:gecos:/home:/bin/sh")]
    [InlineData("bad:x:1:4294967295:gecos:/home:/bin/sh")]
    [InlineData("bad:x:1:2:gecos:/ho\0me:/bin/sh")]
    [InlineData("bad")]
    [InlineData("+bad:x:1:2:gecos:/home:/bin/sh")]
    [InlineData("#bad:x:1:2:gecos:/home:/bin/sh")]
    [InlineData(" bad:x:1:2:gecos:/home:/bin/sh")]
    public void Malformed_lines_are_no_entries_and_hide_nobody(string line)
    {
        Write("passwd", $"{line}\n\n:::\n{line}\ngood:x:5:6::/home/good:/bin/sh\n");
        Assert.Null(_accounts.FindByName("bad"));
        Assert.Null(_accounts.FindByUid(1));
        Assert.Null(_accounts.FindByUid(uint.MaxValue));
        Assert.Equal(5u, _accounts.FindByName("good")!.Uid);
        Assert.Equal("good", _accounts.FindByUid(5)!.Name);
    }

    [Fact]
    public void The_first_of_duplicates_wins()
    {
        Write("passwd", "toor:x:0:0::/root:/bin/csh\na:x:1:1::/one:\nb:x:1:1::/other:\na:x:2:2::/two:\n");
        Assert.Equal("/one", _accounts.FindByName("a")!.Home);
        Assert.Equal("a", _accounts.FindByUid(1)!.Name);
        Assert.Equal(2u, _accounts.FindByUid(2)!.Uid);
    }

    [Fact]
    public void A_huge_line_is_skipped_whole()
    {
        string huge = new('x', LineFile.MaxLine + 5000);
        Write("passwd", $"a:x:1:1:{huge}:/a:/bin/sh\n{huge}evil:x:0:0::/:/bin/sh\nb:x:2:2:{new string('y', 300_000)}:/b:/bin/sh\n{huge}\nc:x:3:3::/c:/bin/sh\n{huge}");
        Assert.Null(_accounts.FindByName("a"));
        Assert.Null(_accounts.FindByUid(0));
        Assert.Equal("/b", _accounts.FindByName("b")!.Home);
        Assert.Equal("/c", _accounts.FindByName("c")!.Home);
    }

    [Fact]
    public void Missing_files_are_empty()
    {
        Assert.Null(_accounts.FindByName("root"));
        Assert.Null(_accounts.FindGroup("tty"));
        Assert.False(_accounts.HasOtherSources());
        Assert.Equal(default, _accounts.StateOf(Account("x"), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Groups_are_those_that_list_the_user()
    {
        Write("group", "root:x:0:\ntty:x:5:\nwheel:x:10:al,bob\nbad:x:z:bob\nnot:x:11:bobby,xbob\nsp:x:12:al, bob\nsame:x:10:bob\nprimary:x:100:bob\nbroken:x:13:bob:x\n");
        Assert.Equal([100u, 10u, 12u], _accounts.GroupsOf(Account("bob")));
        Assert.Equal(5u, _accounts.FindGroup("tty"));
        Assert.Null(_accounts.FindGroup("none"));
        var members = new StringBuilder("big:x:20:");
        for (int i = 0; i < 20_000; i++)
            members.Append("user").Append(i).Append(',');
        Write("group", members + "bob\n");
        Assert.Equal([100u, 20u], _accounts.GroupsOf(Account("bob")));
    }

    [Theory]
    [InlineData("u:$y$hash:19000:0:99999:7:::", false, false)]
    [InlineData("u:*:19000:0:99999:7:::", false, false)]
    [InlineData("u:!:19000:0:99999:7:::", true, false)]
    [InlineData("u:!$y$hash:19000:0:99999:7:::", true, false)]
    [InlineData("u:x:19000:0:99999:7::20000:", false, true)]
    [InlineData("u:x:19000:0:99999:7::20001:", false, false)]
    [InlineData("u:x:19000:0:99999:7::0:", false, true)]
    [InlineData("u:x:19000:0:99999:7::-1:", false, false)]
    [InlineData("u:x:19900:0:90:7:9::", false, true)]
    [InlineData("u:x:19900:0:90:7:30::", false, false)]
    [InlineData("u:x:19900:0:90:7:::", false, false)]
    [InlineData("u::::::::", false, false)]
    public void Shadow_states(string line, bool locked, bool expired)
    {
        Write("shadow", "uu:!:1::::::\nmalformed\n" + line + "\n");
        AccountState state = _accounts.StateOf(Account("u"), DateTimeOffset.UnixEpoch.AddDays(20000));
        Assert.Equal(new AccountState { IsKnown = true, IsPasswordLocked = locked, IsExpired = expired }, state);
        Assert.False(_accounts.StateOf(Account("v"), DateTimeOffset.UtcNow).IsKnown);
    }

    [Fact]
    public void A_shadow_database_that_is_missing_says_nothing_and_one_that_cannot_be_read_says_so()
    {
        string shadow = Path.Combine(_directory, "shadow");
        Assert.Equal(default, _accounts.StateOf(Account("u"), DateTimeOffset.UtcNow));
        Directory.CreateDirectory(shadow);
        Assert.Equal(new AccountState { IsUnreadable = true }, _accounts.StateOf(Account("u"), DateTimeOffset.UtcNow));
        Directory.Delete(shadow);
        File.CreateSymbolicLink(shadow, shadow);
        Assert.True(_accounts.StateOf(Account("u"), DateTimeOffset.UtcNow).IsUnreadable);
    }

    [Theory]
    [InlineData("passwd: files systemd\n", false)]
    [InlineData("# passwd: ldap\npasswd:\tfiles [NOTFOUND=return] systemd\n", false)]
    [InlineData("passwd: files sss\n", true)]
    [InlineData("group: ldap\n", false)]
    [InlineData("", false)]
    public void Other_sources_are_asked_only_when_configured(string content, bool expected)
    {
        Write("nsswitch.conf", content);
        Assert.Equal(expected, _accounts.HasOtherSources());
    }

    [Theory]
    [InlineData("root", true)]
    [InlineData("first.last@corp", true)]
    [InlineData("DOM\\user name", true)]
    [InlineData("jürgen", true)]
    [InlineData("名前", true)]
    [InlineData("", false)]
    [InlineData("-root", false)]
    [InlineData("+root", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/../b", false)]
    [InlineData("a..b", false)]
    [InlineData("a/b", false)]
    [InlineData("a:b", false)]
    [InlineData("a,b", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\x7F", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\x1B[2J", false)]
    public void Names_are_checked_before_use(string name, bool valid)
    {
        Assert.Equal(valid, AccountName.IsValid(name));
        if (!valid)
            Assert.Null(_accounts.FindByName(name));
    }

    [Fact]
    public void Names_have_a_limit()
    {
        Assert.True(AccountName.IsValid(new string('a', 256)));
        Assert.False(AccountName.IsValid(new string('a', 257)));
        Assert.False(AccountName.IsValid(new string('ü', 129)));
        Assert.False(AccountName.IsValid([0x61, 0xFF]));
    }

    [Fact]
    public void Any_bytes_are_read_without_harm() => Prop.ForAll<byte[]>(Support.Generators.Bytes(300), bytes =>
    {
        foreach (string file in new[] { "passwd", "group", "shadow" })
            File.WriteAllBytes(Path.Combine(_directory, file), bytes);
        _accounts.FindByName("a");
        _accounts.FindByUid(1);
        _accounts.GroupsOf(Account("a"));
        _accounts.StateOf(Account("a"), DateTimeOffset.UnixEpoch);
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nologin_suspends_with_its_text()
    {
        Assert.False(_accounts.IsNoLogin(out _));
        Write("nologin", "maintenance\nuntil noon\n");
        Assert.True(_accounts.IsNoLogin(out string message));
        Assert.Equal("maintenance\nuntil noon\n", message);
    }

    [Fact]
    public void The_machine_agrees()
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            Assert.Equal(0u, Accounts.System.FindByName("root")!.Uid);
            Assert.Equal("root", Accounts.System.FindByUid(0)!.Name);
            Assert.Equal(UserIdentity.Uid, Accounts.System.FindOwn().Uid);
            UserAccount? viaGetent = await Getent.FindAccountAsync("daemon");
            Assert.Equal(Accounts.System.FindByName("daemon"), viaGetent! with { Source = AccountSource.File });
            Assert.Null(await Getent.FindAccountAsync("no-such-user"));
            Assert.NotNull(await Accounts.System.FindByNameAsync("daemon"));
            Assert.Null(await Accounts.System.FindByNameAsync("no-such-user"));
            await Accounts.System.GroupsOfAsync(viaGetent);
            return 0;
        });
    }

    private static UserAccount Account(string name) => new() { Name = name, Uid = 1, Gid = 100, Home = "/", Shell = "/bin/sh" };
}

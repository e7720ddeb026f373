using FsCheck;
using FsCheck.Fluent;
using Qssh.Commands;
using Qssh.Errors;
using Xunit;

namespace Qssh.Tests.Commands;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("h", null, "h", null)]
    [InlineData("u@h", "u", "h", null)]
    [InlineData("a@b@h", "a@b", "h", null)]
    [InlineData("u@h:2222", "u", "h", 2222)]
    [InlineData("::1", null, "::1", null)]
    [InlineData("u@fe80::1%eth0", "u", "fe80::1%eth0", null)]
    [InlineData("::ffff:10.0.0.1", null, "::ffff:10.0.0.1", null)]
    [InlineData("[::1]", null, "::1", null)]
    [InlineData("[::1]:65535", null, "::1", 65535)]
    [InlineData("u@[h]:1", "u", "h", 1)]
    [InlineData("ssh://h", null, "h", null)]
    [InlineData("ssh://h/", null, "h", null)]
    [InlineData("QSSH://u@h:22", "u", "h", 22)]
    [InlineData("qssh://[fe80::1%25eth0]:22", null, "fe80::1%eth0", 22)]
    [InlineData("ssh://a%40b@h", "a@b", "h", null)]
    [InlineData("my_alias-1.example", null, "my_alias-1.example", null)]
    public void Forms(string text, string? user, string host, int? port) =>
        Assert.Equal(new Destination(user, host, port), Destination.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("@h")]
    [InlineData("u@")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("u@-h")]
    [InlineData("-u@h")]
    [InlineData("ssh://-h")]
    [InlineData("ssh://-u@h")]
    [InlineData("ssh://%2Du@h")]
    [InlineData("ssh://%00u@h")]
    [InlineData("ssh://u%0A@h")]
    [InlineData("ssh://u%zz@h")]
    [InlineData("ssh://u%4@h")]
    [InlineData("ssh://u:secret@h")]
    [InlineData("ssh://u;x=y@h")]
    [InlineData("ssh://h/path")]
    [InlineData("ssh://h?x")]
    [InlineData("ssh://h#x")]
    [InlineData("ssh://")]
    [InlineData("h:0")]
    [InlineData("h:65536")]
    [InlineData("h:")]
    [InlineData("h:+22")]
    [InlineData("h: 22")]
    [InlineData("h:ssh")]
    [InlineData("h:22x")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[]")]
    [InlineData("[::1]:")]
    [InlineData("[[::1]]")]
    [InlineData("a:b:c:xyz")]
    [InlineData("h h")]
    [InlineData("h\nh")]
    [InlineData("h\0")]
    [InlineData("h\x1b[2J")]
    [InlineData("$(id)")]
    [InlineData("`id`")]
    [InlineData("a;b")]
    [InlineData("a|b")]
    [InlineData("a&b")]
    [InlineData("a>b")]
    [InlineData("a\\b")]
    [InlineData("a'b")]
    [InlineData("a\"b")]
    [InlineData("a*")]
    [InlineData("~h")]
    [InlineData("../h")]
    [InlineData("a,b")]
    [InlineData("u;id@h")]
    [InlineData("$USER@h")]
    [InlineData("u v@h")]
    [InlineData("u\u0007@h")]
    public void Refused(string text)
    {
        FailureException failure = Assert.Throws<FailureException>(() => Destination.Parse(text));
        Assert.Equal(255, failure.ExitCode);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.DoesNotContain("secret", failure.Message);
    }

    /// <summary>Whatever is typed: names that are accepted are clean, and nothing but a failure of ours comes out.</summary>
    [Fact]
    public void Accepted_names_are_clean() =>
        Prop.ForAll(Text().ToArbitrary(), text =>
        {
            try
            {
                Destination destination = Destination.Parse(text);
                return IsClean(destination.Host) && (destination.User == null || IsClean(destination.User)) && destination.Port is null or (> 0 and < 65536);
            }
            catch (FailureException failure)
            {
                return !failure.Message.Any(char.IsControl);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<string> name = Gen.Elements("abcXYZ019_-.".ToCharArray()).NonEmptyListOf().Select(c => string.Concat(c)).Where(n => n[0] != '-');
        Gen<(string User, string Host, int Port)> parts = name.SelectMany(user => name.SelectMany(host => Gen.Choose(1, 65535).Select(port => (user, host, port))));
        Prop.ForAll(parts.ToArbitrary(), p =>
            new[] { "", "qssh://", "ssh://" }.All(scheme =>
                Destination.Parse($"{scheme}{p.User}@{p.Host}:{p.Port}") == new Destination(p.User, p.Host, p.Port)
                && Destination.Parse($"{scheme}[{p.Host}]:{p.Port}") == new Destination(null, p.Host, p.Port)))
            .QuickCheckThrowOnFailure();
    }

    private static Gen<string> Text() =>
        Gen.OneOf(
            ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => s.Get),
            Gen.Elements("ssh://", "qssh://", "@", ":", "[", "]", "%", "%2", "%41", "-", "h", "22", "/", "::1", " ", ";", "\0", "\n").ListOf().Select(string.Concat));

    private static bool IsClean(string name) => name.Length > 0 && name[0] != '-' && !name.Any(c => c <= ' ' || c == 0x7F || "'`\"$\\;&<>|(){}*?!~#".Contains(c));
}

using Qssh.Errors;
using Qssh.Files;
using Qssh.Files.Prompt;
using Xunit;

namespace Qssh.Tests.Files;

/// <summary>Patterns, operands and words as people type them.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("*", "name", true)]
    [InlineData("*", ".hidden", false)]
    [InlineData(".*", ".hidden", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("?", "é", true)]
    [InlineData("?", "ab", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[^a]", "b", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[", "[", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "x", false)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    public void Patterns_match(string pattern, string name, bool matches) => Assert.Equal(matches, GlobPattern.Matches(pattern, name));

    [Fact]
    public void Many_stars_take_no_time() => Assert.False(GlobPattern.Matches(string.Concat(Enumerable.Repeat("*a", 500)) + "b", new string('a', 5000)));

    [Theory]
    [InlineData("plain")]
    [InlineData("*?[x]\\")]
    [InlineData("")]
    public void Escaped_text_stands_for_itself(string text)
    {
        Assert.False(GlobPattern.HasMagic(GlobPattern.Escape(text)));
        Assert.Equal(text, GlobPattern.Unescape(GlobPattern.Escape(text)));
    }

    [Theory]
    [InlineData("file", null, "file")]
    [InlineData("host:", "host", "")]
    [InlineData("host:file", "host", "file")]
    [InlineData("u@host:a:b", "u@host", "a:b")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("/a:b", null, "/a:b")]
    [InlineData(":a", null, ":a")]
    [InlineData("[::1]:/x", "[::1]", "/x")]
    [InlineData("u@[fe80::1%eth0]:x", "u@[fe80::1%eth0]", "x")]
    [InlineData("scp://u@h:22/x%20y", "ssh://u@h:22", "x y")]
    [InlineData("scp://h//etc/x", "ssh://h", "/etc/x")]
    [InlineData("scp://h", "ssh://h", "")]
    public void Operands_of_scp(string text, string? host, string path)
    {
        CopyPlace place = CopyPlace.Parse(text);
        Assert.Equal((host, path), (place.Host, place.Path));
    }

    [Theory]
    [InlineData("scp://h//x%00")]
    [InlineData("scp://h/a%1b]0;x%07")]
    [InlineData("scp://h/%C2%9b2J")]
    [InlineData("scp://h/a%0Ab")]
    public void Control_characters_of_a_URI_are_refused(string text)
    {
        FailureException refusal = Assert.Throws<FailureException>(() => CopyPlace.Parse(text));
        Assert.Contains("control characters", refusal.Message);
    }

    [Theory]
    [InlineData("get a b", "get|a|b")]
    [InlineData("  get   \"a b\"  'c d' ", "get|a b|c d")]
    [InlineData("get a\\ b", "get|a b")]
    [InlineData("get \"*\" *", "get|\\*|*")]
    [InlineData("get \\* \\\\", "get|\\*|\\\\")]
    [InlineData("get \"a\\\"b\"", "get|a\"b")]
    [InlineData("get 'a\"b'", "get|a\"b")]
    [InlineData("get \"\" x", "get||x")]
    [InlineData("get a # rest", "get|a")]
    [InlineData("get a#b", "get|a#b")]
    [InlineData("", "")]
    public void Words_of_a_command(string line, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(line)));

    [Theory]
    [InlineData("get \"a")]
    [InlineData("get 'a")]
    [InlineData("get a\\")]
    public void Open_quotes_are_refused(string line) => Assert.Throws<FailureException>(() => ShellWords.Split(line));

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("\"both\" 'quotes'")]
    [InlineData("*?[\\")]
    [InlineData("#x")]
    public void Quoted_text_is_one_word(string text) => Assert.Equal(text, GlobPattern.Unescape(Assert.Single(ShellWords.Split(ShellWords.Quote(text)))));

    [Theory]
    [InlineData("dir/*.txt")]
    [InlineData("two words/[a b]?")]
    [InlineData("'*'\"#\t")]
    [InlineData("\\*\\[ x*")]
    public void A_quoted_pattern_keeps_its_meaning(string pattern) => Assert.Equal(pattern, Assert.Single(ShellWords.Split(ShellWords.QuotePattern(pattern))));

    [Theory]
    [InlineData("-rm x", "rm x", true, false)]
    [InlineData("@ls", "ls", false, true)]
    [InlineData("-@ls", "ls", true, true)]
    [InlineData(" @ -ls -l", "ls -l", true, true)]
    [InlineData("ls -l", "ls -l", false, false)]
    public void Prefixes_of_a_batch(string line, string command, bool goesOn, bool isHidden) =>
        Assert.Equal((command, goesOn, isHidden), BatchInput.Prefixes(line));

    [Fact]
    public void The_meter_looks_as_people_know_it()
    {
        ProgressEntry entry = new("file\x1b", 2_000_000, 0, started: 1);
        entry.Advance(1_000_000);
        entry.Rate(1_000_000_001);
        string line = ProgressMeter.Line(entry, 80, 1_000_000_001, isDone: false);
        Assert.StartsWith("\rfile\\u{1b}", line);
        Assert.Contains(" 50%  976KB ", line);
        Assert.EndsWith("KB/s   00:01 ETA", line);
        Assert.True(line.Length <= 81);
    }
}

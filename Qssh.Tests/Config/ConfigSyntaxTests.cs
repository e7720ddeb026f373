using FsCheck;
using FsCheck.Fluent;
using Qssh.Config;
using Qssh.Errors;
using Xunit;

namespace Qssh.Tests.Config;

public sealed class ConfigSyntaxTests
{
    [Theory]
    [InlineData("Port 22", "Port", "22")]
    [InlineData("Port=22", "Port", "22")]
    [InlineData("  Port = 22  ", "Port", "22")]
    [InlineData("\tPort\t22\r", "Port", "22")]
    [InlineData("Port =22", "Port", "22")]
    [InlineData("SetEnv A=b", "SetEnv", "A=b")]
    [InlineData("SetEnv==b", "SetEnv", "=b")]
    [InlineData("Port", "Port", "")]
    public void LinesSplitIntoKeywordAndRest(string text, string keyword, string rest)
    {
        ConfigLine line = ConfigLine.Parse("f", 3, text)!;
        Assert.Equal((keyword, rest), (line.Keyword, line.Rest));
        Assert.Equal("f: line 3", line.Place);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# Port 22")]
    [InlineData("   # Port 22")]
    public void EmptyLinesAndCommentsSayNothing(string text) => Assert.Null(ConfigLine.Parse("f", 1, text));

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("\"a b\" c", "a b|c")]
    [InlineData("'a \"b' c", "a \"b|c")]
    [InlineData("a\\ b", "a b")]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("a\\\\b", "a\\b")]
    [InlineData("a\\nb", "a\\nb")]
    [InlineData("\"\"", "")]
    [InlineData("a \"\" b", "a||b")]
    [InlineData("a # b", "a")]
    [InlineData("a#b", "a#b")]
    [InlineData("\"# a\"", "# a")]
    [InlineData("pre\"in side\"post", "prein sidepost")]
    public void WordsAreSplitAsOpenSshDoes(string text, string expected) => Assert.Equal(expected, string.Join('|', ConfigWords.Split(text)));

    [Theory]
    [InlineData("\"a")]
    [InlineData("'a")]
    [InlineData("a \"b c")]
    [InlineData("\"a\\\"")]
    public void UnclosedQuotesAreRefused(string text) => Assert.Throws<ConfigValueException>(() => ConfigWords.Split(text));

    [Fact]
    public void NulIsRefused() => Assert.Throws<ConfigValueException>(() => ConfigLine.Parse("f", 1, "Port 2\02"));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("30", 30)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("2D", 172800)]
    [InlineData("1w1s", 604801)]
    public void TimesAreUnderstood(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), ConfigUnits.Time(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-1")]
    [InlineData("1x")]
    [InlineData("1h m")]
    [InlineData("9999999999")]
    [InlineData("999999999w")]
    [InlineData("1.5")]
    public void OddTimesAreRefused(string text) => Assert.Throws<ConfigValueException>(() => ConfigUnits.Time(text));

    [Theory]
    [InlineData("1024", 1024L)]
    [InlineData("64K", 65536L)]
    [InlineData("1m", 1048576L)]
    [InlineData("64G", 68719476736L)]
    public void SizesAreUnderstood(string text, long expected) => Assert.Equal(expected, ConfigUnits.Size(text));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("1KB")]
    [InlineData("-1")]
    [InlineData("1T")]
    [InlineData("999999999999999G")]
    public void OddSizesAreRefused(string text) => Assert.Throws<ConfigValueException>(() => ConfigUnits.Size(text));

    [Theory]
    [InlineData("T1", 1)]
    [InlineData("2", 2)]
    [InlineData("t5", 5)]
    [InlineData("Hardened", 2)]
    public void TiersHaveNamesAndNumbers(string text, int expected) => Assert.Equal(expected, TierName.Parse(text));

    [Fact]
    public void AutoIsTheHighestTierThatCanBeHad()
    {
        Assert.Equal(2, TierName.ParseOrAuto("auto"));
        Assert.Equal(1, TierName.ParseOrAuto("T1"));
        Assert.Throws<ConfigValueException>(() => TierName.Parse("auto"));
    }

    [Theory]
    [InlineData("T0", "classical")]
    [InlineData("classical", "does not exist")]
    [InlineData("T6", "unknown tier")]
    [InlineData("", "unknown tier")]
    public void OtherTiersSayWhy(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConfigValueException>(() => TierName.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "a,b")]
    [InlineData("c", "c")]
    [InlineData("+c", "a,b,c")]
    [InlineData("+a", "a,b")]
    [InlineData("-a", "b")]
    [InlineData("-*", "")]
    [InlineData("^b", "b,a")]
    [InlineData("^c", "c,a,b")]
    [InlineData("b,a,zzz", "b,a")]
    public void AlgorithmListsResolve(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', new AlgorithmList(text).Resolve(["a", "b"], ["a", "b", "c"])));

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 30)]
    [InlineData(55, 65)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    public void StartLimitRises(int count, int percent) => Assert.Equal(percent, StartLimit.Parse("10:30:100").RefusePercent(count));

    [Theory]
    [InlineData("20", 19, 0)]
    [InlineData("20", 20, 100)]
    public void StartLimitMayBeOneNumber(string text, int count, int percent) => Assert.Equal(percent, StartLimit.Parse(text).RefusePercent(count));

    [Fact]
    public void RandomTextIsRefusedOrReadNeverCrashes() => Prop.ForAll<NonNull<string>>(text =>
    {
        try
        {
            new ClientConfig("host", "me", "/nowhere").AddOption(text.Get);
        }
        catch (FailureException)
        {
            // The one way to refuse.
        }
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void EveryKeywordSurvivesRandomArguments()
    {
        Random random = new(1);
        string alphabet = "0123456789abKMGsmhd\"' \\=,:*?!@+-^~%#/[]none";
        ClientOptions client = new();
        ServerOptions server = new();
        for (int round = 0; round < 400; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            foreach (string name in KeywordNames.Client)
                Try(() => ClientKeywords.Table.Find(name)!.Parse(client, new ConfigArguments(text)));
            foreach (string name in KeywordNames.Server)
                Try(() => ServerKeywords.Table.Find(name)!.Parse(server, new ConfigArguments(text)));
        }

        _ = ClientKeywords.Table.Dump(client).ToList();
        _ = ServerKeywords.Table.Dump(server).ToList();
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (ConfigValueException)
        {
            // The one way to refuse.
        }
    }
}

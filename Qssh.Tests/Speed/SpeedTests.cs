using System.Text.Json;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Speed;
using Xunit;

namespace Qssh.Tests.Speed;

public sealed class SpeedTests
{
    [Fact]
    public void Rows_have_names_of_their_own_and_cover_every_suite_and_type()
    {
        List<SpeedRow> rows = SpeedRows.All();
        Assert.Equal(rows.Count, rows.Select(row => row.Name).Distinct().Count());
        Assert.All(SignatureAlgorithm.All, algorithm => Assert.Equal(1, rows.Count(row => row.Name == $"{algorithm.Name} sign")));
        Assert.All(
            SuiteList.Default.Items.ToArray().Select(suite => (suite.Kem, suite.Host)).Distinct(),
            pair => Assert.Contains(rows, row => row.Group == "handshake" && row.Name == new Suite(pair.Kem, pair.Host, Qssh.Crypto.Aead.Aead.Preferred).ToString()));
    }

    public static TheoryData<string> QuickRows =>
        [.. SpeedRows.All().Where(row => !row.Name.Contains("slhdsa") && !row.Name.Contains("falcon1024")).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(QuickRows))]
    public void Every_row_runs(string name) => SpeedRows.All().Single(row => row.Name == name).Prepare()();

    [Fact]
    public void A_measurement_has_three_samples_at_least_and_its_median_between_the_extremes()
    {
        int runs = 0;
        SpeedResult fast = SpeedMeter.Measure(new SpeedRow("hash", "fast", 1000, () => () => runs++), 0.01);
        Assert.InRange(fast.Samples, 3, 15);
        Assert.InRange(fast.Median, fast.Lowest, fast.Highest);
        Assert.True(runs > fast.Runs);

        runs = 0;
        SpeedResult slow = SpeedMeter.Measure(new SpeedRow("kem", "slow", 0, () => () => Thread.Sleep(20 + runs++)), 0.01);
        Assert.Equal((3, 3), (slow.Samples, runs));
        Assert.InRange(slow.Median, 1, 50);
    }

    [Fact]
    public void The_report_is_one_document()
    {
        SpeedRow row = new("kem", "one", 0, () => () => { });
        SpeedResult result = SpeedMeter.Measure(row, 0.001);
        CpuFacts facts = CpuFacts.Read();
        using JsonDocument document = JsonDocument.Parse(SpeedReport.Json(facts, [result], "1"));
        Assert.Equal("one", document.RootElement.GetProperty("rows")[0].GetProperty("name").GetString());
        Assert.True(document.RootElement.GetProperty("cpu").GetProperty("processors").GetInt32() > 0);
        Assert.Contains("ms CPU", SpeedReport.Line(result));
        Assert.Contains("used:  AES-256-GCM: ", SpeedReport.Head(facts));
    }

    [Theory]
    [InlineData("hash", true)]
    [InlineData("sha-256", true)]
    [InlineData("sha-3", false)]
    [InlineData("kem", false)]
    public void Words_choose_rows(string word, bool matches) => Assert.Equal(matches, new SpeedRow("hash", "SHA-256", 1, () => () => { }).Matches(word));
}

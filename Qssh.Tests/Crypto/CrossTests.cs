using Qssh.Lab.Cross;
using Qssh.Tests.Support;

namespace Qssh.Tests.Crypto;

/// <summary>
/// What other implementations made and accepted, as scripts/cross-check recorded it (Vectors/cross), answered again. The head of each
/// file names versions.
/// </summary>
public sealed class CrossTests
{
    [Theory]
    [InlineData("noble", 130)]
    [InlineData("openssl", 55)]
    [InlineData("liboqs", 30)]
    public void Recorded_results_are_ours_too(string oracle, int least)
    {
        string[] records = [.. File.ReadLines(Vectors.FullPath($"cross/{oracle}.txt")).Where(line => !line.StartsWith('#'))];
        Assert.True(records.Length >= least, $"{records.Length} records");
        foreach (string record in records)
        {
            int equals = record.IndexOf(" = ", StringComparison.Ordinal);
            string answer = CrossCommands.Answer(record[..equals]);
            Assert.True(answer == record[(equals + 3)..], $"{record[..Math.Min(equals, 60)]}…: {answer[..Math.Min(answer.Length, 60)]}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256 hash")]
    [InlineData("sha256 hash xyz")]
    [InlineData("mlkem768 keygen 00")]
    [InlineData("rsa sign 00")]
    public void Lines_that_are_none_are_errors(string line) => Assert.StartsWith("error: ", CrossCommands.Answer(line), StringComparison.Ordinal);
}

using Xunit;

namespace Qssh.Tests.Architecture;

/// <summary>Fails with every violation in full, one per line.</summary>
internal static class Report
{
    public static void Empty(IEnumerable<string> violations)
    {
        string[] lines = [.. violations];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}

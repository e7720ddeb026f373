using System.Diagnostics;
using Xunit;

namespace Qssh.Tests.Support;

/// <summary>For what another process does in its own time.</summary>
internal static class Wait
{
    public static void Until(Func<bool> condition, string what, int seconds = 10)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds, $"not within {seconds} s: {what}");
            Thread.Sleep(10);
        }
    }
}

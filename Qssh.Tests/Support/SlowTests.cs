using System.Diagnostics;
using System.Reflection;

namespace Qssh.Tests.Support;

/// <summary>How much of a costly list of cases a run takes.</summary>
internal static class SlowTests
{
    /// <summary>QSSH_TEST_ALL=1: every case of every list, however long it takes.</summary>
    public static bool TakesAll { get; } = Environment.GetEnvironmentVariable("QSSH_TEST_ALL") == "1";

    /// <summary>False in a build for debugging, where cryptography is some thirty times slower.</summary>
    public static bool IsOptimized { get; } =
        typeof(Qssh.Secrets.SecretBuffer).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
}

using System.Text.RegularExpressions;
using Qssh.Tests.Support;

namespace Qssh.Tests.Crypto;

/// <summary>What scripts/constant-time shows, in its short form: memcheck over the machine code. scripts/test builds the laboratory.</summary>
public sealed class ConstantTimeTests
{
    private static string Laboratory { get; } = Path.Combine(Repository.Root, "artifacts", "qssh-lab.valgrind");

    [Fact]
    public void No_branch_and_no_index_depends_on_a_secret()
    {
        string[] reports = Run();
        Assert.True(reports.Length > 20, string.Join('\n', reports));
        Assert.All(reports, line => Assert.Matches(line.StartsWith("planted-leak", StringComparison.Ordinal) ? " [1-9][0-9]* reports?$" : " 0 reports$", line));
    }

    /// <summary>A point that declassifies nothing any more would be one that memcheck does not reach.</summary>
    [Fact]
    public void What_is_declassified_would_be_reported()
    {
        string[] reports = Run("--strict", "aes256gcm-portable", "argon2id", "mldsa44-keygen-sign", "falcon512-sign-native", "slhdsa-shake-128f-sign");
        Assert.Equal(6, reports.Length);
        Assert.All(reports, line => Assert.Matches(" [1-9][0-9]* reports?$", line));
    }

    /// <summary>Every point in the sources is argued for where the page says.</summary>
    [Fact]
    public void The_page_names_every_file_that_declassifies()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "constant-time.md"));
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "Qssh"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Regex.IsMatch(File.ReadAllText(file), "Declassified[.](Value|Contents)"))
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains($"`{file}`", page, StringComparison.Ordinal));
    }

    private static string[] Run(params string[] cases)
    {
        Assert.SkipWhen(StaticBinary.Find("valgrind") is null, "valgrind is not installed");
        Assert.SkipUnless(File.Exists(Laboratory), "artifacts/qssh-lab is not built: run scripts/test");
        ProgramRun run = ProgramRun.Of(
            "valgrind",
            ["-q", "--error-limit=no", "--log-file=/dev/null", Laboratory, "memcheck", .. cases],
            prepare: start => start.Environment["DOTNET_GCHeapHardLimit"] = "8000000");
        return run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

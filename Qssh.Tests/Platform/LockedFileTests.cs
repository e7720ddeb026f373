using System.Text;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Platform;

/// <summary>A file that is replaced while others add to it loses none of their lines.</summary>
public sealed class LockedFileTests : IDisposable
{
    private const int Most = 1 << 20;
    private const uint PrivateMode = 0x180;

    private readonly TempDirectory _directory = new();

    private string File => _directory["known_hosts"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_line_that_a_program_without_locks_adds_after_the_reading_stays()
    {
        System.IO.File.WriteAllText(File, "one\n");
        int calls = 0;
        Assert.True(LockedFile.Change(File, Most, PrivateMode, content =>
        {
            if (calls++ == 0)
                Append("@revoked two\n");
            return [.. content, .. "three\n"u8];
        }));
        Assert.Equal((2, "one\n@revoked two\nthree\n"), (calls, System.IO.File.ReadAllText(File)));
        Assert.Single(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void A_file_that_never_rests_is_left_as_it_is()
    {
        System.IO.File.WriteAllText(File, "");
        FailureException fault = Assert.Throws<FailureException>(() => LockedFile.Change(File, Most, PrivateMode, content =>
        {
            Append("x");
            return [.. content, .. "lost\n"u8];
        }));
        Assert.Contains("by others all the time", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lost", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Appending_and_replacing_beside_each_other_lose_nothing()
    {
        const int Lines = 200;
        System.IO.File.WriteAllText(File, "");
        Thread appending = new(() =>
        {
            for (int i = 0; i < Lines; i++)
                Assert.Null(AppendedFile.AddLine(File, Encoding.ASCII.GetBytes($"added {i}")));
        });
        appending.Start();
        int replaced = 0;
        for (; appending.IsAlive || replaced == 0; replaced++)
        {
            byte[] line = Encoding.ASCII.GetBytes($"replaced {replaced}\n");
            Assert.True(LockedFile.Change(File, Most, PrivateMode, content => [.. content, .. line]));
        }

        appending.Join();
        string[] lines = System.IO.File.ReadAllLines(File);
        Assert.Equal(Lines + replaced, lines.Length);
        Assert.Equal(Enumerable.Range(0, Lines).Select(i => $"added {i}"), lines.Where(line => line[0] == 'a'));
    }

    [Fact]
    public void A_link_stays_one_and_what_is_no_file_is_refused()
    {
        System.IO.File.WriteAllText(_directory["real"], "old\n");
        System.IO.File.SetUnixFileMode(_directory["real"], (UnixFileMode)0x1A0);
        System.IO.File.CreateSymbolicLink(File, _directory["real"]);
        Assert.True(LockedFile.Change(File, Most, PrivateMode, _ => "new\n"u8.ToArray()));
        Assert.Equal("new\n", System.IO.File.ReadAllText(_directory["real"]));
        Assert.Equal((UnixFileMode)0x1A0, System.IO.File.GetUnixFileMode(_directory["real"]));
        Assert.NotNull(System.IO.File.ResolveLinkTarget(File, returnFinalTarget: false));

        System.IO.File.CreateSymbolicLink(_directory["loop"], _directory["loop"]);
        foreach (string path in (string[])[_directory.Path, "/dev/null", _directory["loop"]])
            Assert.Throws<FailureException>(() => LockedFile.Change(path, Most, PrivateMode, _ => [1]));
        Assert.Throws<FailureException>(() => LockedFile.Change(File, 3, PrivateMode, _ => [1]));
    }

    [Fact]
    public void A_missing_file_is_made_and_what_shall_stay_is_not_touched()
    {
        Assert.False(LockedFile.Change(File, Most, PrivateMode, content => content));
        Assert.False(LockedFile.Change(File, Most, PrivateMode, _ => null));
        Assert.False(System.IO.File.Exists(File));
        Assert.True(LockedFile.Change(File, Most, PrivateMode, _ => "new\n"u8.ToArray()));
        Assert.Equal((UnixFileMode)0x180, System.IO.File.GetUnixFileMode(File));
    }

    private void Append(string text) => System.IO.File.AppendAllText(File, text);
}

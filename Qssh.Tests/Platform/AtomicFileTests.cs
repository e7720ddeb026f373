using System.Diagnostics;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Platform;

public sealed class AtomicFileTests
{
    private const uint PrivateMode = 0x180;

    [Fact]
    public void FileIsPrivateFromTheStartAndLeavesNoOther()
    {
        using TempDirectory directory = new();
        Assert.True(AtomicFile.Write(directory["key"], "secret"u8, PrivateMode, replace: false));
        Assert.Equal("secret", File.ReadAllText(directory["key"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["key"]));
        Assert.Single(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void ExistingFileIsOnlyReplacedWhenAsked()
    {
        using TempDirectory directory = new();
        string path = directory.Write("key", "old");
        Assert.False(AtomicFile.Write(path, "new"u8, PrivateMode, replace: false));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.True(AtomicFile.Write(path, "new"u8, PrivateMode, replace: true));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void LinksInTheWayAreNotFollowed()
    {
        using TempDirectory directory = new();
        File.CreateSymbolicLink(directory["key"], directory["target"]);
        Assert.False(AtomicFile.Write(directory["key"], "x"u8, PrivateMode, replace: false));
        Assert.False(File.Exists(directory["target"]));
    }

    [Fact]
    public void MissingDirectoryIsOneLine()
    {
        using TempDirectory directory = new();
        FailureException failure = Assert.Throws<FailureException>(() => AtomicFile.Write(directory["no/key"], "x"u8, PrivateMode, replace: false));
        Assert.Contains("no/key: no such file or directory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FullDiskKeepsTheOldFileWhole()
    {
        using SmallDisk? disk = SmallDisk.TryMount();
        if (disk is null)
            Assert.Skip("needs the right to mount");

        string path = Path.Combine(disk.Path, "key");
        AtomicFile.Write(path, "old"u8, PrivateMode, replace: false);
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[40 * 1024]);
        FailureException failure = Assert.Throws<FailureException>(() => AtomicFile.Write(path, new byte[64 * 1024], PrivateMode, replace: true));
        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(2, Directory.GetFileSystemEntries(disk.Path).Length);
    }

    [Fact]
    public void FullDiskTakesAPartialLineBack()
    {
        using SmallDisk? disk = SmallDisk.TryMount();
        if (disk is null)
            Assert.Skip("needs the right to mount");

        string path = Path.Combine(disk.Path, "known_hosts");
        Assert.Null(AppendedFile.AddLine(path, "first"u8));
        Assert.Contains("no space", AppendedFile.AddLine(path, new byte[100 * 1024]), StringComparison.Ordinal);
        Assert.Equal("first\n", File.ReadAllText(path));
    }

    [Fact]
    public void LinesAreAppendedWholeAndPrivate()
    {
        using TempDirectory directory = new();
        string path = directory["sub/known_hosts"];
        Assert.Null(AppendedFile.AddLine(path, "one"u8));
        Assert.Null(AppendedFile.AddLine(path, "two"u8));
        Assert.Equal("one\ntwo\n", File.ReadAllText(path));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(path));
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(directory["sub"]));

        File.WriteAllText(path, "cut");
        Assert.Null(AppendedFile.AddLine(path, "three"u8));
        Assert.Equal("cut\nthree\n", File.ReadAllText(path));
    }

    [Fact]
    public void WhatCannotBeStoredIsAReasonAndNoException()
    {
        using TempDirectory directory = new();
        Assert.NotNull(AppendedFile.AddLine(directory["a/b/c"], "x"u8));
        Assert.NotNull(AppendedFile.AddLine(directory.Path, "x"u8));
        Assert.NotNull(AppendedFile.AddLine("/proc/known_hosts", "x"u8));
    }

    /// <summary>A file system of 64 KiB.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        public static SmallDisk? TryMount()
        {
            string path = Directory.CreateTempSubdirectory("qssh-disk-").FullName;
            if (Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path))
                return new SmallDisk(path);
            Directory.Delete(path);
            return null;
        }

        public void Dispose()
        {
            Run("umount", Path);
            Directory.Delete(Path);
        }

        private static bool Run(string program, params string[] arguments)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}

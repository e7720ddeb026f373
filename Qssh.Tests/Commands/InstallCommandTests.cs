using Qssh.Commands;
using Xunit;

namespace Qssh.Tests.Commands;

public sealed class InstallCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("qssh-links-").FullName;

    private string Executable => Path.Combine(_root, "opt", "qssh");

    private string Bin => Directory.CreateDirectory(Path.Combine(_root, "bin")).FullName;

    public InstallCommandTests()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Executable)!);
        File.WriteAllText(Executable, "");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Links_are_made_once_and_follow_the_executable()
    {
        LinkSet links = new(Executable, Bin);
        Assert.True(links.Make("qsshd", relative: false));
        Assert.False(links.Make("qsshd", relative: false));
        Assert.Equal(Executable, new FileInfo(links.PathOf("qsshd")).LinkTarget);
        Assert.True(links.Make("qsshd", relative: true));
        Assert.Equal("../opt/qssh", new FileInfo(links.PathOf("qsshd")).LinkTarget);
        Assert.True(new LinkSet(Path.Combine(_root, "opt", "qssh-2"), Bin).Make("qsshd", relative: false));
        Assert.Single(Directory.GetFileSystemEntries(Bin));
    }

    [Fact]
    public void Files_of_others_are_not_ours()
    {
        LinkSet links = new(Executable, Bin);
        File.WriteAllText(links.PathOf("ssh"), "");
        Directory.CreateDirectory(links.PathOf("scp"));
        File.CreateSymbolicLink(links.PathOf("sshd"), "/usr/sbin/sshd");
        foreach (string name in new[] { "ssh", "scp", "sshd" })
        {
            Assert.Equal(LinkState.Foreign, links.StateOf(name));
            Assert.False(links.Remove(name));
        }

        Assert.Equal(3, Directory.GetFileSystemEntries(Bin).Length);
    }

    [Fact]
    public void The_executable_itself_stays()
    {
        LinkSet links = new(Executable, Path.GetDirectoryName(Executable)!);
        Assert.False(links.Make("qssh", relative: false));
        Assert.False(links.Remove("qssh"));
        Assert.True(File.Exists(Executable));
    }

    [Fact]
    public void Removing_undoes()
    {
        LinkSet links = new(Executable, Bin);
        links.Make("qsshd", relative: true);
        Assert.True(links.Remove("qsshd"));
        Assert.False(links.Remove("qsshd"));
        Assert.Equal(LinkState.Missing, links.StateOf("qsshd"));
    }
}

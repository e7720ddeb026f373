using FsCheck;
using FsCheck.Fluent;
using Qssh.Files;
using Qssh.Platform;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Files;

/// <summary>Trees to OpenSSH's server of files and back, over pipes.</summary>
public sealed class TreeCopyTests
{
    private const string Server = "/usr/lib/openssh/sftp-server";

    private static readonly TransferOptions s_options = new() { Recursive = true, Preserve = true, FollowLinks = true, AnyName = true };

    [Fact]
    public void Odd_trees_come_back_as_they_were()
    {
        Assert.SkipUnless(File.Exists(Server), $"{Server} is not installed");
        Prop.ForAll(OddTree.Entries(2).ToArbitrary(), entries =>
        {
            using OddTree tree = new();
            tree.Write(tree["from"], entries);
            TransferReport report = new(_ => { });
            Run(async client =>
            {
                await new Uploader(client, s_options, report).CopyAsync(tree["from"], tree["there"]);
                await new Downloader(client, s_options, report).CopyAsync(tree["there"], tree["back"]);
            });
            List<string> from = OddTree.Describe(tree["from"], withoutLoops: true);
            Assert.Equal(from, OddTree.Describe(tree["there"], withoutLoops: false));
            Assert.Equal(from, OddTree.Describe(tree["back"], withoutLoops: false));
            Assert.Equal(Loops(entries), report.Failures);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Holes_stay_holes()
    {
        Assert.SkipUnless(File.Exists(Server), $"{Server} is not installed");
        using OddTree tree = new();
        using (FileStream file = File.Create(tree["sparse"]))
        {
            file.SetLength(40_000_000);
            file.Position = 20_000_000;
            file.Write("middle"u8);
        }

        TransferReport report = new(Assert.Fail);
        Run(async client =>
        {
            await new Uploader(client, s_options, report).CopyAsync(tree["sparse"], tree["up"]);
            await new Downloader(client, s_options, report).CopyAsync(tree["up"], tree["down"]);
        });
        foreach (string name in (string[])["up", "down"])
        {
            Assert.Equal(File.ReadAllBytes(tree["sparse"]), File.ReadAllBytes(tree[name]));
            LocalFiles.Status(tree[name], out FileStatus status);
            Assert.True(status.HasHoles, name);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700_000)]
    [InlineData(1_000_000)]
    public void Interrupted_copies_go_on(int there)
    {
        Assert.SkipUnless(File.Exists(Server), $"{Server} is not installed");
        using OddTree tree = new();
        byte[] content = new byte[1_000_000];
        new System.Random(1).NextBytes(content);
        File.WriteAllBytes(tree["whole"], content);
        File.WriteAllBytes(tree["up"], content[..there]);
        File.WriteAllBytes(tree["down"], content[..there]);
        TransferReport report = new(Assert.Fail);
        TransferOptions options = new() { Resume = true };
        Run(async client =>
        {
            await new Uploader(client, options, report).CopyAsync(tree["whole"], tree["up"]);
            await new Downloader(client, options, report).CopyAsync(tree["whole"], tree["down"]);
        });
        Assert.Equal(content, File.ReadAllBytes(tree["up"]));
        Assert.Equal(content, File.ReadAllBytes(tree["down"]));
    }

    [Fact]
    public void What_fails_is_named_and_the_rest_goes_on()
    {
        Assert.SkipUnless(File.Exists(Server), $"{Server} is not installed");
        using OddTree tree = new();
        Directory.CreateDirectory(tree["from"]);
        File.WriteAllText(tree["from/a"], "a");
        File.CreateSymbolicLink(tree["from/dangling"], "nowhere");
        File.WriteAllText(tree["from/z"], "z");
        Directory.CreateDirectory(tree["there/z"]);
        List<string> said = [];
        TransferReport report = new(said.Add);
        Run(client => new Uploader(client, s_options, report).CopyAsync(tree["from"], tree["there"]));
        Assert.Equal(2, report.Failures);
        Assert.Contains(said, line => line.Contains("dangling"));
        Assert.Contains(said, line => line.Contains("there/z"));
        Assert.Equal("a", File.ReadAllText(tree["there/a"]));
    }

    private static int Loops(OddEntry[] entries) => entries.Sum(entry => entry.Kind == OddKind.Loop ? 1 : Loops(entry.Below));

    private static void Run(Func<SftpClient, ValueTask> body) => OnReactor.Run(async () =>
    {
        using FileProgram program = FileProgram.Start([Server]);
        SftpClient client = new(program.Session);
        await client.StartAsync();
        await body(client);
        await program.CloseAsync();
    });
}

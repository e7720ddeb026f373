using FsCheck;
using FsCheck.Fluent;
using Qssh.Files;
using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Tests.Support;

namespace Qssh.Tests.Files;

/// <summary>Large pieces are written by another thread: the file is the same, and no error is lost.</summary>
public sealed class GatheringSinkTests : IDisposable
{
    private readonly TempDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Pieces_of_any_size_and_order_end_where_they_belong()
    {
        Gen<(int[] Cuts, int Seed)> cases =
            from cuts in Gen.ArrayOf(Gen.Choose(0, Content))
            from seed in Gen.Choose(0, int.MaxValue)
            select (cuts, seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            byte[] content = Random(c.Seed);
            int[] ends = [0, .. c.Cuts.Order(), Content];
            (int From, int To)[] pieces = [.. ends.Zip(ends.Skip(1))];
            if (c.Seed % 2 == 0)
                new Random(c.Seed).Shuffle(pieces);
            using FileWriter writer = new();
            using OwnedFd file = Create("out");
            GatheringSink sink = new(new LocalSink(file.Value, true, true), writer);
            foreach ((int from, int to) in pieces)
                Assert.True(sink.Write(from, content.AsSpan(from, to - from)));
            Assert.Equal(0, sink.Finish(Content));
            Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(_files["out"])));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void More_files_than_buffers_wait_for_nobody()
    {
        byte[] content = Random(5);
        using FileWriter writer = new();
        OwnedFd[] files = [.. Enumerable.Range(0, 20).Select(i => Create("f" + i))];
        GatheringSink[] sinks = [.. files.Select(file => new GatheringSink(new LocalSink(file.Value, true, true), writer))];
        for (int at = 0; at < Content; at += 50_000)
        {
            foreach (GatheringSink sink in sinks)
                Assert.True(sink.Write(at, content.AsSpan(at, Math.Min(50_000, Content - at))));
        }

        for (int i = 0; i < sinks.Length; i++)
        {
            Assert.Equal(0, sinks[i].Finish(Content));
            files[i].Dispose();
            Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(_files["f" + i])));
        }
    }

    [Fact]
    public void A_full_disk_is_told_at_the_latest_at_the_end()
    {
        using FileWriter writer = new();
        using OwnedFd full = Descriptor.Open("/dev/full", Libc.O_WRONLY, 0, out _)!;
        GatheringSink sink = new(new LocalSink(full.Value, true, false), writer);
        sink.Write(0, Random(1));
        Assert.Equal(Errno.NoSpace, sink.Finish(Content));
        Assert.False(sink.Write(Content, Random(1)));
    }

    [Fact]
    public void What_comes_after_the_end_of_the_thread_is_written_too()
    {
        byte[] content = Random(2);
        FileWriter writer = new();
        using OwnedFd file = Create("out");
        GatheringSink sink = new(new LocalSink(file.Value, true, true), writer);
        sink.Write(0, content.AsSpan(0, 300_000));
        writer.Dispose();
        sink.Write(300_000, content.AsSpan(300_000));
        Assert.Equal(0, sink.Finish(Content));
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(_files["out"])));
    }

    private const int Content = 900_001;

    private static byte[] Random(int seed)
    {
        byte[] content = new byte[Content];
        new Random(seed).NextBytes(content);
        return content;
    }

    private OwnedFd Create(string name) => Descriptor.Open(_files[name], Libc.O_WRONLY | Libc.O_CREAT | 0x200, 0x180, out _)!;
}

using Qssh.Platform;
using Qssh.Platform.Native;
using Xunit;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class StandardStreamTests
{
    private static int Flags(int fd) => Libc.FileControl(fd, Libc.F_GETFL, 0);

    private static void Run(Func<Reactor, ValueTask> body)
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            await body(reactor);
            return 0;
        });
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    public void A_full_stream_waits_instead_of_blocking_and_keeps_the_inherited_flags(string kind) => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = kind == "pipe" ? Descriptor.Pipe(true, false) : Sockets.Pair(nonBlocking: false);
        Descriptor.SetNonBlocking(read.Value, true);
        int before = Flags(write.Value);
        using StandardStream stream = StandardStream.Open(write.Value);
        Assert.Equal(before, Flags(write.Value));
        byte[] data = new byte[1_000_000];
        new Random(4).NextBytes(data);
        var received = new MemoryStream();
        using FdWatch watch = reactor.Watch(read.Value);
        bool sent = false;
        reactor.Start(async () =>
        {
            sent = await stream.WriteAllAsync(data);
            stream.Dispose();
            write.Dispose();
        });
        byte[] buffer = new byte[50_000];
        while (await watch.ReadableAsync())
        {
            IoResult result = Descriptor.Read(read.Value, buffer);
            if (result is { IsOk: true, Count: 0 })
                break;
            if (result.IsOk)
                received.Write(buffer, 0, result.Count);
        }
        Assert.True(sent);
        Assert.Equal(data, received.ToArray());
        watch.Dispose();
        read.Dispose();
    });

    [Fact]
    public void Reading_an_empty_pipe_would_block() => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(false, false);
        using StandardStream stream = StandardStream.Open(read.Value);
        byte[] buffer = new byte[10];
        Assert.True(stream.Read(buffer).WouldBlock);
        Descriptor.Write(write.Value, "hello"u8);
        Assert.True(await stream.ReadableAsync());
        Assert.Equal(5, stream.Read(buffer).Count);
        write.Dispose();
        Assert.True(await stream.ReadableAsync());
        Assert.Equal(0, stream.Read(buffer).Count);
        Assert.False(stream.IsTerminal);
        stream.Dispose();
        read.Dispose();
    });

    [Fact]
    public void Files_and_null_are_ready() => Run(async reactor =>
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "content");
        foreach (string name in new[] { path, "/dev/null" })
        {
            using OwnedFd file = Descriptor.Open(name, Libc.O_RDWR, 0, out _)!;
            using StandardStream stream = StandardStream.Open(file.Value);
            Assert.True(await stream.ReadableAsync());
            Assert.Equal(name == path ? 7 : 0, stream.Read(new byte[100]).Count);
            Assert.True(await stream.WriteAllAsync(new byte[10]));
        }
        Assert.Equal(17, new FileInfo(path).Length);
        File.Delete(path);
    });

    [Fact]
    public void A_broken_pipe_ends_the_write_without_a_signal() => Run(async reactor =>
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(false, false);
        using StandardStream stream = StandardStream.Open(write.Value);
        read.Dispose();
        Assert.False(await stream.WriteAllAsync(new byte[10]));
        write.Dispose();
    });
}

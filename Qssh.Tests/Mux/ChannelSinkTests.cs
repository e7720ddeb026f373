using Qssh.Mux;
using Qssh.Platform;

namespace Qssh.Tests.Mux;

public sealed class ChannelSinkTests
{
    [Fact]
    public void Many_small_pieces_that_wait_share_buffers_and_keep_their_order()
    {
        MuxPair pair = new();
        pair.Open();
        pair.Pump();
        byte[] data = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 ^ i >> 8))];
        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: true);
            ChannelSink sink = new(pair.ServerHandler.Channel!, new DescriptorStream(write));
            foreach (byte one in data)
                sink.Take([one]);
            Assert.InRange(sink.Buffers, 1, data.Length / 4096 + 1);
            sink.End();

            Assert.Equal(data, await ReadAsync(read));
            Assert.True(sink.IsIdle);
            return 0;
        });
    }

    private static async ValueTask<byte[]> ReadAsync(OwnedFd fd)
    {
        List<byte> content = [];
        byte[] buffer = new byte[1000];
        using (fd)
        using (FdWatch watch = Reactor.Current.Watch(fd.Value))
        {
            for (IoResult read = Descriptor.Read(fd.Value, buffer); read.WouldBlock || read is { IsOk: true, Count: > 0 }; read = Descriptor.Read(fd.Value, buffer))
            {
                if (read.WouldBlock)
                    await watch.ReadableAsync();
                else
                    content.AddRange(buffer[..read.Count]);
            }
        }

        return [.. content];
    }
}

using Qssh.Handshake;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Tests.Transport;

namespace Qssh.Tests.Mux;

/// <summary>Pipes into channels and channels into pipes, over links: all of it arrives, nobody waits for the wrong one, memory is bounded.</summary>
public sealed class PumpTests
{
    [Fact]
    public void A_hundred_megabytes_pass_in_bounded_memory() => OnReactor.Run(async () =>
    {
        PumpPair pair = new(new LinkOptions { Layout = RecordLayout.Variable });
        (PumpEnd client, PumpEnd server) = await pair.OpenAsync();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task feeding = FeedAndEndAsync(client, 100_000_000);
        Assert.Equal(100_000_000, await server.DrainAsync());
        await feeding;

        // Not an object for each message or record: there are more than 6,000 of them, and window messages. A buffer of 1 MiB is from the
        // pool, which may be empty.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + 100_000);
        Assert.Equal(client.Fed, server.Drained);
        Assert.True(server.IsEof);
        await pair.CloseAsync();
    });

    [Theory]
    [InlineData(0, 12_000_000)]
    [InlineData(1, 2_000_000)]
    public void What_goes_into_cat_comes_out_of_it_after_its_input_has_ended(int seed, int size) => OnReactor.Run(async () =>
    {
        WireFaults? faults = seed == 0 ? null : WireFaults.Noisy(seed);
        PumpPair pair = new(null, faults, faults, echo: true);
        (PumpEnd client, PumpEnd server) = await pair.OpenAsync();
        Task feeding = FeedAndEndAsync(client, size);
        Assert.Equal(size, await client.DrainAsync());
        await feeding;
        Assert.Equal(client.Fed, client.Drained);
        Assert.Equal((true, true), (client.InputEnded, server.InputEnded));
        Assert.True(client.Channel.IsOpen);
        client.Channel.Close();
        await OnReactor.UntilAsync(() => client.IsClosed && server.IsClosed);
        await pair.CloseAsync();
    });

    [Fact]
    public void A_reader_that_stops_holds_back_its_own_channel_only() => OnReactor.Run(async () =>
    {
        PumpPair pair = new();
        (PumpEnd slow, PumpEnd stalled) = await pair.OpenAsync();
        (PumpEnd fast, PumpEnd reading) = await pair.OpenAsync();
        Task feeding = FeedAndEndAsync(slow, 6_000_000);
        await OnReactor.UntilAsync(() => slow.Channel.SendCapacity == 0 && stalled.Sink.Buffers > 0);
        Task other = FeedAndEndAsync(fast, 5_000_000);
        Assert.Equal(5_000_000, await reading.DrainAsync());
        await other;
        Assert.False(feeding.IsCompleted);
        Assert.InRange(stalled.Sink.Buffers, 1, (2 * ReceiveWindow.Initial) / 4096);
        Assert.Equal(6_000_000, await stalled.DrainAsync());
        await feeding;
        Assert.Equal(slow.Fed, stalled.Drained);
        await pair.CloseAsync();
    });

    [Fact]
    public void A_reader_that_is_gone_stops_nobody() => OnReactor.Run(async () =>
    {
        PumpPair pair = new();
        (PumpEnd client, PumpEnd server) = await pair.OpenAsync();
        Task feeding = FeedAndEndAsync(client, 6_000_000);
        Assert.Equal(100_000, await server.DrainAsync(100_000));
        await OnReactor.UntilAsync(() => server.Sink.Buffers > 0);
        server.LeaveOutput();
        await feeding;
        await OnReactor.UntilAsync(() => server.IsEof);
        Assert.True(server.Sink.IsBroken);
        Assert.True(server.Sink.IsIdle);
        await pair.CloseAsync();
    });

    [Fact]
    public void An_input_that_is_closed_under_its_pump_has_not_ended() => OnReactor.Run(async () =>
    {
        PumpPair pair = new();
        (PumpEnd client, PumpEnd server) = await pair.OpenAsync();
        await client.FeedAsync(10);
        Assert.Equal(10, await server.DrainAsync(10));
        client.LeaveInput();
        await OnReactor.UntilAsync(() => client.InputEnded is not null);
        Assert.False(client.InputEnded);
        Assert.False(server.IsEof);
        await pair.CloseAsync();
    });

    [Fact]
    public void The_end_of_the_connection_ends_pumps_and_streams() => OnReactor.Run(async () =>
    {
        PumpPair pair = new();
        (PumpEnd client, PumpEnd server) = await pair.OpenAsync();
        Task feeding = FeedAndEndAsync(client, 50_000_000);
        await server.DrainAsync(1_000_000);
        pair.Links.ClientStream.Dispose();
        await feeding;
        await OnReactor.UntilAsync(() => client is { IsClosed: true, InputEnded: not null } && server is { IsClosed: true, InputEnded: not null });
        Assert.NotNull(pair.Reason);
    });

    /// <summary>CON-02 in small: many channels, both directions, keys that change, a path that cuts anywhere.</summary>
    [Theory]
    [InlineData(1, (int)RecordLayout.Frames)]
    [InlineData(2, (int)RecordLayout.Variable)]
    public void Forty_channels_at_once_keep_their_streams_apart(int seed, int layout) => OnReactor.Run(async () =>
    {
        RekeyLimits limits = RekeyLimits.Default with { RatchetFrames = 50, FullBytes = 3_000_000 };
        PumpPair pair = new(new LinkOptions { Limits = limits, Layout = (RecordLayout)layout }, WireFaults.Noisy(seed), WireFaults.Noisy(seed + 9), echo: true);
        Random random = new(seed);
        List<PumpEnd> clients = [];
        List<Task> work = [];
        for (int i = 0; i < 40; i++)
        {
            (PumpEnd client, _) = await pair.OpenAsync();
            int size = random.Next(1, 150_000);
            clients.Add(client);
            work.Add(FeedAndEndAsync(client, size, i));
            work.Add(ExpectAsync(client, size));
        }

        await Task.WhenAll(work);
        Assert.All(clients, client => Assert.Equal(client.Fed, client.Drained));
        Assert.NotEqual(0u, pair.Links.Client.Rekey.State.SendGeneration);
        await pair.CloseAsync();
    });

    [Fact]
    public void Credit_of_one_byte_at_a_time_carries_everything() => OnReactor.Run(async () =>
    {
        MuxPair pair = new();
        MuxChannel channel = pair.Open();
        pair.Pump();
        MuxChannel server = pair.ServerHandler.Channel!;
        server.SendData(DataStream.Plain, new byte[ReceiveWindow.Initial]);
        pair.ClientHandler.Consumes = false;
        pair.Pump();
        Assert.Equal(0, server.SendCapacity);

        (OwnedFd input, OwnedFd feed) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: true);
        byte[] data = [.. Enumerable.Range(0, 2000).Select(i => (byte)(i * 3))];
        Assert.Equal(data.Length, Descriptor.Write(feed.Value, data).Count);
        feed.Dispose();
        ChannelSource source = new(server, new DescriptorStream(input), DataStream.Plain);
        Task<bool> run = source.RunAsync().AsTask();
        pair.ClientHandler.Data.Clear();
        for (int i = 0; i <= data.Length; i++)
        {
            Assert.Equal(Math.Min(i, data.Length), pair.ClientHandler.Data.Count);
            channel.Send(new Qssh.Wire.Messages.Connection.ChannelWindow { Channel = channel.Id, Add = 1 });
            // The peer's own account of the window is its business: this one gives what it has not got.
            pair.ClientLink.Pump();
            source.Wake();
            await OnReactor.UntilAsync(() => run.IsCompleted || pair.ServerLink.Queued > 0);
            pair.ClientHandler.Data.AddRange(pair.ServerLink.Take().Skip(7));
        }

        Assert.True(await run);
        Assert.Equal(data, pair.ClientHandler.Data);
    });

    private static async Task FeedAndEndAsync(PumpEnd end, long bytes, int seed = 1)
    {
        await end.FeedAsync(bytes, seed);
        end.EndFeed();
    }

    private static async Task ExpectAsync(PumpEnd end, long bytes) => Assert.Equal(bytes, await end.DrainAsync());
}

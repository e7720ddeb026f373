using System.Diagnostics;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Platform;
using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>Every way a link ends: each side is told once and rightly, nobody waits for a peer that does not play along.</summary>
public sealed class LinkEndingTests
{
    private static readonly SessionLinkSettings s_settings = new() { KeepAliveInterval = TimeSpan.Zero, CloseTime = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public void What_was_written_before_a_clean_close_arrives() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(WireFaults.Noisy(4)).Start();
        pair.Client.Send(90_000);
        Assert.True(pair.Client.IsDone);
        await pair.CloseAsync();
        Assert.Equal(90_000, pair.Server.Received);
        Assert.Equal(pair.Client.SentHash, pair.Server.ReceivedHash);
    });

    [Fact]
    public void Both_sides_closing_at_once_is_clean() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        pair.Server.Link.Close(AlertCode.Close);
        await pair.CloseAsync();
        Assert.Equal(0, pair.Client.Link.Room);
        pair.Client.Link.Write([1]);
        pair.Client.Link.Close(AlertCode.Internal);
        Assert.False(pair.Client.Link.Rekey());
    });

    public static TheoryData<int> Alerts => [.. Enum.GetValues<AlertCode>().Select(code => (int)code)];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Each_alert_is_told_to_the_peer(int code) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        FailureException own = new("own");
        pair.Server.Link.Close((AlertCode)code, own);
        await pair.EndAsync();
        Assert.Same(own, pair.Server.Reason);
        Assert.Equal(code == 0 ? null : (AlertCode)code, pair.Client.Code);
        Assert.Equal(code == 0 ? null : AlertText.Of((AlertCode)code), pair.Client.Reason?.Message);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(767)]
    [InlineData(768)]
    [InlineData(76_801)]
    public void A_stream_that_ends_without_a_close_is_truncated(int at) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(new WireFaults { CutAt = at }).Start();
        pair.Client.Send(200_000);
        await pair.EndAsync();
        Assert.Equal(EndCause.Truncated, pair.Server.Cause);
        Assert.NotNull(pair.Client.Reason);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(766)]
    [InlineData(5000)]
    public void A_changed_bit_ends_the_session_and_the_peer_is_told(int at) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(new WireFaults { FlipAt = at }).Start();
        pair.Client.Send(2_000_000);
        await pair.EndAsync();
        Assert.Equal(AlertCode.FrameDidNotOpen, pair.Server.Code);
        Assert.Equal(AlertCode.FrameDidNotOpen, pair.Client.Code);
        Assert.InRange(pair.Server.Received, 0, at);
    });

    [Fact]
    public void A_stream_disposed_during_a_send_ends_both() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        pair.ServerStream.Incoming.Stall(true);
        pair.Client.Send(1_000_000);
        await OnReactor.UntilAsync(() => pair.Client.Link.Room <= 0);
        pair.ClientStream.Dispose();
        await pair.Client.Running;
        Assert.NotNull(pair.Client.Reason);
        pair.ServerStream.Incoming.Stall(false);
        await pair.EndAsync();
        Assert.Equal(EndCause.Truncated, pair.Server.Cause);
    });

    [Fact]
    public void A_reset_is_told_as_such() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        pair.ClientStream.Incoming.Stall(true);
        pair.Server.Send(1_000_000);
        await OnReactor.UntilAsync(() => pair.Server.Link.Room <= 0);
        pair.ClientStream.Incoming.CloseReader();
        await pair.Server.Running;
        Assert.Equal(EndCause.Broken, pair.Server.Cause);
        pair.ClientStream.Dispose();
        await pair.EndAsync();
    });

    [Fact]
    public void A_peer_that_does_not_read_does_not_keep_a_side_that_closes() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Settings = s_settings }).Start();
        pair.ServerStream.Incoming.Stall(true);
        pair.Client.Send(1_000_000);
        await OnReactor.UntilAsync(() => pair.Client.Link.Room <= 0);
        await AssertEndsAsync(pair.Client, () => pair.Client.Link.Close(AlertCode.Close));
        Assert.Null(pair.Client.Reason);
    });

    [Fact]
    public void A_peer_that_closes_and_does_not_read_does_not_keep_us() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Settings = s_settings }).Start();
        pair.ClientStream.Incoming.Stall(true);
        pair.Server.Send(1_000_000);
        await OnReactor.UntilAsync(() => pair.Server.Link.Room <= 0);
        pair.Client.Connection.Writer.AppendAlone(FrameKind.Alert, [0]);
        await AssertEndsAsync(pair.Server, () => pair.Client.Connection.TrySend());
        Assert.Null(pair.Server.Reason);
    });

    [Fact]
    public void A_peer_that_ends_without_a_word_and_does_not_read_does_not_keep_us() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Settings = s_settings }).Start();
        pair.ClientStream.Incoming.Stall(true);
        pair.Server.Send(1_000_000);
        await OnReactor.UntilAsync(() => pair.Server.Link.Room <= 0);
        await AssertEndsAsync(pair.Server, () => pair.ClientStream.EndSend());
        Assert.Equal(EndCause.Truncated, pair.Server.Cause);
    });

    [Fact]
    public void A_peer_that_makes_us_answer_and_does_not_read_is_dropped() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Settings = s_settings }).Start();
        pair.ClientStream.Incoming.Stall(true);
        pair.Server.Arrived = bytes => pair.Server.Link.Write(bytes.ToArray());
        pair.Client.Send(10_000_000);
        await pair.Server.Running;
        Assert.Equal(AlertCode.SessionLimit, pair.Server.Code);
        Assert.Equal(1, pair.Server.Closes);
    });

    /// <summary>As a pump does it whose stream takes data late: the fault must not go through whoever happens to write.</summary>
    [Fact]
    public void A_write_that_finds_no_memory_ends_the_link_not_the_writer() => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Settings = s_settings }).Start();
        pair.ClientStream.Incoming.Stall(true);
        await OnReactor.DelayAsync(2);
        for (int i = 0; i < 1000; i++)
            pair.Server.Link.Write(new byte[1000]);
        await pair.Server.Running;
        Assert.Equal(AlertCode.SessionLimit, pair.Server.Code);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fault_of_the_receiver_ends_both_sides_and_is_thrown(bool stalled) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair(options: new LinkOptions { Settings = s_settings }).Start();
        pair.ClientStream.Incoming.Stall(stalled);
        if (stalled)
            pair.Server.Send(1_000_000);
        pair.Server.Arrived = _ => throw new InvalidDataException("a mistake of ours");
        pair.Client.Write([1]);
        await Assert.ThrowsAsync<InvalidDataException>(() => pair.Server.Running);
        Assert.IsType<InvalidDataException>(pair.Server.Reason);
        Assert.Equal(1, pair.Server.Closes);
        pair.ClientStream.Incoming.Stall(false);
        await pair.Client.Running;
        Assert.Equal(stalled ? null : AlertCode.Internal, pair.Client.Code);
        Assert.NotNull(pair.Client.Reason);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_real_socket_whose_peer_does_not_read_ends_as_well(bool byKeepAlive) => OnReactor.Run(async () =>
    {
        (OwnedFd left, OwnedFd right) = Sockets.Pair();
        using (right)
        {
            SessionLinkSettings settings = s_settings with { KeepAliveInterval = TimeSpan.FromMilliseconds(byKeepAlive ? 20 : 0), KeepAliveCount = 1 };
            using LinkEnd end = LinkEnd.Create(new SocketDuplex(new TcpSocket(left)), Qssh.Handshake.HandshakeRole.Client, new LinkOptions { Settings = settings });
            end.Start();
            end.Send(10_000_000);
            await OnReactor.UntilAsync(() => end.Link.Room <= 0);
            if (!byKeepAlive)
                end.Link.Close(AlertCode.Close);
            await end.Running;
            Assert.Equal(1, end.Closes);
            Assert.Equal(byKeepAlive ? EndCause.TimedOut : null, end.Cause);
            Assert.True(left.IsClosed);
        }
    });

    private static async ValueTask AssertEndsAsync(LinkEnd end, Action cause)
    {
        long started = Stopwatch.GetTimestamp();
        cause();
        await end.Running;
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 0, 1000);
        Assert.Equal(1, end.Closes);
    }
}

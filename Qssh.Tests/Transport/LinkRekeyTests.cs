using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Support;

namespace Qssh.Tests.Transport;

/// <summary>Keys that change under a running session: no byte is lost, and what passes a limit ends (docs/protocol.md, sections 8 and 9).</summary>
public sealed class LinkRekeyTests
{
    private static readonly RekeyLimits s_never = RekeyLimits.Default;

    [Theory]
    [InlineData((int)RecordLayout.Frames, 0)]
    [InlineData((int)RecordLayout.Frames, 7)]
    [InlineData((int)RecordLayout.Variable, 8)]
    public void A_hundred_ratchets_each_way_under_full_load(int layout, int noise) => OnReactor.Run(async () =>
    {
        LinkOptions options = new() { Layout = (RecordLayout)layout, Limits = s_never with { RatchetFrames = 8 } };
        WireFaults? faults = noise == 0 ? null : WireFaults.Noisy(noise);
        using LinkPair pair = new LinkPair(faults, faults, options).Start();
        while (pair.Client.Rekey.State.SendStep < 100 || pair.Server.Rekey.State.SendStep < 100)
        {
            pair.Client.Send(500_000);
            pair.Server.Send(500_000);
            await pair.QuietAsync();
        }

        Assert.Equal(pair.Client.Rekey.State.SendStep, pair.Server.Rekey.State.ReceiveStep);
        Assert.Equal(pair.Server.Rekey.State.SendStep, pair.Client.Rekey.State.ReceiveStep);
        await pair.CloseAsync();
    });

    /// <summary>The sender's buffer is never empty here: a link that looked at its keys between batches only would never change them.</summary>
    [Fact]
    public void A_sender_that_is_never_idle_changes_its_keys() => OnReactor.Run(async () =>
    {
        RekeyLimits limits = s_never with { RatchetFrames = 64, FullBytes = 2_000_000 };
        using LinkPair pair = new LinkPair(new WireFaults { Capacity = 4000 }, null, new LinkOptions { Limits = limits }).Start();
        pair.Client.Send(100_000_000);
        await OnReactor.UntilAsync(() => pair.Client.Rekey.State is { SendGeneration: >= 2, SendStep: > 0 } || pair.Client.Closes > 0);
        Assert.False(pair.Client.IsDone);
        pair.ClientStream.Dispose();
        await pair.EndAsync();
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hundred_full_rekeys_by_both_sides_in_any_order(int seed) => OnReactor.Run(async () =>
    {
        FakeTime time = new();
        Random random = new(seed);
        LinkOptions options = new() { Time = time, Layout = seed == 3 ? RecordLayout.Variable : RecordLayout.Frames };
        using LinkPair pair = new LinkPair(WireFaults.Noisy(seed), WireFaults.Noisy(seed + 10), options).Start();
        while (pair.Client.Rekey.State.SendGeneration < 100)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            pair.Client.Send(random.Next(3) == 0 ? 0 : random.Next(5000));
            pair.Server.Send(random.Next(3) == 0 ? 0 : random.Next(5000));
            int who = random.Next(3);
            if (who != 1)
                pair.Client.Link.Rekey();
            if (who != 0)
                pair.Server.Link.Rekey();
            if (random.Next(4) == 0)
                await pair.QuietAsync();
            await OnReactor.UntilAsync(() => random.Next(2) == 0 || pair.Client.Rekey.State.IsIdle);
        }

        await pair.QuietAsync();
        await pair.CloseAsync();
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_idle_session_and_a_pure_receiver_start_a_rekey(bool byClient) => OnReactor.Run(async () =>
    {
        using LinkPair pair = new LinkPair().Start();
        LinkEnd starter = byClient ? pair.Client : pair.Server;
        LinkEnd sender = byClient ? pair.Server : pair.Client;
        await OnReactor.DelayAsync(5);
        Assert.True(starter.Link.Rekey());
        Assert.False(starter.Link.Rekey());
        await OnReactor.UntilAsync(() => starter.Rekey.State is { SendGeneration: 1, IsIdle: true } && sender.Rekey.State is { SendGeneration: 1, IsIdle: true });

        sender.Send(2_000_000);
        Assert.True(starter.Link.Rekey());
        await pair.QuietAsync();
        await OnReactor.UntilAsync(() => sender.Rekey.State is { SendGeneration: 2, IsIdle: true });
        Assert.Equal(0, starter.Link.SentBytes);
        await pair.CloseAsync();
    });

    [Fact]
    public void Both_sides_starting_at_once_make_one_generation() => OnReactor.Run(async () =>
    {
        WireFaults slow = new() { Delay = TimeSpan.FromMilliseconds(5) };
        using LinkPair pair = new LinkPair(slow, slow).Start();
        for (uint generation = 1; generation <= 6; generation++)
        {
            Assert.True(pair.Client.Link.Rekey());
            Assert.True(pair.Server.Link.Rekey());
            uint expected = generation;
            await OnReactor.UntilAsync(() => pair.Client.Rekey.State is { IsIdle: true } client && client.SendGeneration == expected && pair.Server.Rekey.State.IsIdle);
            Assert.Equal(generation, pair.Server.Rekey.State.SendGeneration);
        }

        await pair.CloseAsync();
    });

    [Fact]
    public void Own_starts_stay_below_what_the_peer_takes_for_a_flood_and_ratchets_go_on() => OnReactor.Run(async () =>
    {
        FakeTime time = new();
        RekeyLimits limits = s_never with { FullBytes = 1000, RatchetFrames = 8 };
        LinkOptions options = new() { ClientLimits = limits, ClientTime = time };
        using LinkPair pair = new LinkPair(options: options).Start();
        for (int i = 0; i < 30; i++)
        {
            pair.Client.Send(10_000);
            await pair.QuietAsync();
            await OnReactor.UntilAsync(() => pair.Client.Rekey.State.IsIdle);
        }

        Assert.Equal(7u, pair.Client.Rekey.State.SendGeneration);
        Assert.InRange(pair.Client.Rekey.State.SendStep, 20u, 1000u);
        Assert.False(pair.Client.Link.Rekey());
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(pair.Client.Link.Rekey());
        await pair.CloseAsync();
    });

    [Fact]
    public void A_flood_of_rekeys_ends_the_session() => OnReactor.Run(async () =>
    {
        // Only a client whose clock runs away starts so often.
        FakeTime time = new();
        using LinkPair pair = new LinkPair(options: new LinkOptions { ClientTime = time }).Start();
        for (uint i = 1; i <= 9; i++)
        {
            time.Advance(TimeSpan.FromSeconds(61));
            Assert.True(pair.Client.Link.Rekey());
            uint expected = i;
            await OnReactor.UntilAsync(() => pair.Client.Closes > 0 || (pair.Client.Rekey.State.IsIdle && pair.Client.Rekey.State.SendGeneration == expected));
        }

        await pair.EndAsync();
        Assert.Equal(AlertCode.SessionLimit, pair.Server.Code);
        Assert.Equal(AlertCode.SessionLimit, pair.Client.Code);
    });

    [Fact]
    public void An_exchange_without_an_answer_ends_the_session_and_the_peer_is_told() => OnReactor.Run(async () =>
    {
        LinkOptions options = new() { ClientLimits = s_never with { ExchangeAge = TimeSpan.FromMilliseconds(60) } };
        using LinkPair pair = new LinkPair(options: options).Start();
        pair.ServerStream.Incoming.Stall(true);
        Assert.True(pair.Client.Link.Rekey());
        await pair.Client.Running;
        Assert.Equal(AlertCode.SessionLimit, pair.Client.Code);
        pair.ServerStream.Incoming.Stall(false);
        await pair.EndAsync();
        Assert.Equal(AlertCode.SessionLimit, pair.Server.Code);
    });

    [Fact]
    public void A_side_that_goes_on_sending_without_an_answer_ends_the_session_and_the_peer_is_told() => OnReactor.Run(async () =>
    {
        LinkOptions options = new() { ClientLimits = s_never with { ExchangeBytes = 100_000 } };
        using LinkPair pair = new LinkPair(options: options).Start();
        pair.ServerStream.Outgoing.IsDead = true;
        Assert.True(pair.Client.Link.Rekey());
        pair.Client.Send(1_000_000);
        await pair.Client.Running;
        Assert.Equal(AlertCode.SessionLimit, pair.Client.Code);
        await pair.EndAsync();
        Assert.Equal(AlertCode.SessionLimit, pair.Server.Code);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Frames_under_one_key_have_a_hard_limit_in_both_directions(bool atSender) => OnReactor.Run(async () =>
    {
        RekeyLimits tight = s_never with { KeyFrames = 400 };
        LinkOptions options = new() { ClientLimits = atSender ? tight : s_never, Limits = atSender ? s_never : tight };
        using LinkPair pair = new LinkPair(options: options).Start();
        pair.Client.Send(200 * Frame.SealedPayload);
        await pair.QuietAsync();
        pair.Client.Send(300 * Frame.SealedPayload);
        await pair.EndAsync();
        Assert.Equal(0, pair.Server.Link.SentBytes);
        Assert.Equal(AlertCode.SessionLimit, pair.Client.Code);
        Assert.Equal(AlertCode.SessionLimit, pair.Server.Code);
    });

    /// <summary>
    /// With the sender's buffer full, a key lasts for less than its soft limit and a buffer. A receiver that booked frames to the key after
    /// theirs would pass the limit.
    /// </summary>
    [Fact]
    public void Received_frames_are_counted_under_their_own_key() => OnReactor.Run(async () =>
    {
        RekeyLimits tight = s_never with { RatchetFrames = 64, KeyFrames = 64 + (SlabPool.SlabSize / Frame.Size) + 1 };
        using LinkPair pair = new LinkPair(options: new LinkOptions { Limits = tight }).Start();
        pair.Client.Send(5_000_000);
        pair.Server.Send(100_000);
        await pair.QuietAsync();
        Assert.InRange(pair.Client.Rekey.State.SendStep, 20u, uint.MaxValue);
        await pair.CloseAsync();
    });

    [Fact]
    public void A_key_that_is_old_is_left_when_something_is_sent() => OnReactor.Run(async () =>
    {
        FakeTime time = new();
        using LinkPair pair = new LinkPair(options: new LinkOptions { Time = time }).Start();
        pair.Client.Write([1]);
        await pair.QuietAsync();
        time.Advance(TimeSpan.FromSeconds(121));
        await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(5));
        Assert.Equal(0u, pair.Client.Rekey.State.SendStep);
        pair.Client.Write([2]);
        await pair.QuietAsync();
        Assert.Equal((1u, 0u), (pair.Client.Rekey.State.SendStep, pair.Server.Rekey.State.SendStep));
        time.Advance(TimeSpan.FromHours(1));
        pair.Server.Write([3]);
        await pair.QuietAsync();
        await OnReactor.UntilAsync(() => pair.Client.Rekey.State is { SendGeneration: 1, IsIdle: true });
        await pair.CloseAsync();
    });
}

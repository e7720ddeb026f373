using Qssh.Errors;
using Qssh.Handshake;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>
/// Exhaustive search of the shipped transitions: two sides joined by FIFO wires, ratchets and full rekeys started by both. Each frame
/// names the key that it is sealed under. The bounds and the counts are those of the search that the protocol was checked with.
/// </summary>
public sealed class RekeyStateSearchTests
{
    private enum Kind : byte
    {
        Data,
        Init,
        Reply,
        Ratchet,
        Full,
    }

    private readonly record struct Key(uint Generation, uint Step, char Starter);

    private readonly record struct Frame(Key Sealed, Kind Kind, uint Generation, uint Step);

    private readonly record struct Side(RekeyState State, string Starters)
    {
        public Key SendKey => new(State.SendGeneration, State.SendStep, Starters[(int)State.SendGeneration]);

        public Key ReceiveKey => new(State.ReceiveGeneration, State.ReceiveStep, Starters[(int)State.ReceiveGeneration]);
    }

    private sealed record World(Side Client, Side Server, Frame[] ToServer, Frame[] ToClient)
    {
        public bool Equals(World? other) =>
            other is not null && Client == other.Client && Server == other.Server
            && ToServer.AsSpan().SequenceEqual(other.ToServer) && ToClient.AsSpan().SequenceEqual(other.ToClient);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(Client);
            hash.Add(Server);
            foreach (Frame frame in ToServer)
                hash.Add(frame);
            hash.Add(0);
            foreach (Frame frame in ToClient)
                hash.Add(frame);
            return hash.ToHashCode();
        }
    }

    [Theory]
    [InlineData(2, 2, 6, 62_056)]
    [InlineData(3, 1, 5, 18_284)]
    public void No_frame_is_under_a_wrong_key_and_quiet_is_always_reachable(uint generations, uint steps, int capacity, int states)
    {
        World first = new(Start(HandshakeRole.Client), Start(HandshakeRole.Server), [], []);
        Dictionary<World, List<World>> back = new() { [first] = [] };
        Queue<World> queue = new([first]);
        while (queue.TryDequeue(out World? world))
        {
            foreach (World next in Successors(world, generations, steps, capacity))
            {
                if (!back.TryGetValue(next, out List<World>? sources))
                {
                    back[next] = sources = [];
                    queue.Enqueue(next);
                }

                sources.Add(world);
            }
        }

        Assert.Equal(states, back.Count);
        Assert.Contains(back.Keys, world => world.Client.State.Crossed);
        Assert.All(back.Keys, world => Assert.True(Agree(world.Client.Starters, world.Server.Starters)));
        Assert.Equal(back.Count, ReachQuiet(back));
    }

    private static bool Agree(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static int ReachQuiet(Dictionary<World, List<World>> back)
    {
        HashSet<World> reached = [.. back.Keys.Where(IsQuiet)];
        Queue<World> queue = new(reached);
        while (queue.TryDequeue(out World? world))
        {
            foreach (World source in back[world])
            {
                if (reached.Add(source))
                    queue.Enqueue(source);
            }
        }

        return reached.Count;
    }

    private static bool IsQuiet(World world) =>
        world.ToServer.Length == 0 && world.ToClient.Length == 0 && world.Client.State.IsIdle && world.Server.State.IsIdle;

    private static Side Start(HandshakeRole role) => new(RekeyState.Initial(role), "-");

    private static IEnumerable<World> Successors(World world, uint generations, uint steps, int capacity)
    {
        foreach (bool client in (bool[])[true, false])
        {
            Side side = client ? world.Client : world.Server;
            Frame[] outgoing = client ? world.ToServer : world.ToClient;
            Frame[] incoming = client ? world.ToClient : world.ToServer;
            foreach ((Side next, Frame[] sent, bool taken) in Moves(side, outgoing, incoming, generations, steps))
            {
                Frame[] wire = [.. outgoing, .. sent];
                Frame[] rest = taken ? incoming[1..] : incoming;
                if (wire.Length <= capacity + (taken ? 2 : 0))
                    yield return client ? new World(next, world.Server, wire, rest) : new World(world.Client, next, rest, wire);
            }
        }
    }

    private static IEnumerable<(Side Next, Frame[] Sent, bool Taken)> Moves(Side side, Frame[] outgoing, Frame[] incoming, uint generations, uint steps)
    {
        RekeyState state = side.State;
        if (state.SendStep < steps)
        {
            RekeyState next = state.SendRatchet();
            yield return (side with { State = next }, [new Frame(side.SendKey, Kind.Ratchet, next.SendGeneration, next.SendStep)], false);
        }

        if (state.IsIdle && state.SendGeneration < generations)
            yield return (side with { State = state.Start() }, [new Frame(side.SendKey, Kind.Init, state.NextGeneration, 0)], false);
        if (!outgoing.Any(frame => frame.Kind == Kind.Data))
            yield return (side, [new Frame(side.SendKey, Kind.Data, 0, 0)], false);
        if (incoming.Length > 0)
        {
            (Side next, Frame[] sent) = Receive(side, incoming[0]);
            yield return (next, sent, true);
        }
    }

    private static (Side Next, Frame[] Sent) Receive(Side side, Frame frame)
    {
        Assert.Equal(side.ReceiveKey, frame.Sealed);
        char own = side.State.Role == HandshakeRole.Client ? 'C' : 'S';
        Frame full = new(side.SendKey, Kind.Full, frame.Generation, 0);
        switch (frame.Kind)
        {
            case Kind.Init:
                RekeyState next = side.State.ReceiveInit(frame.Generation, out bool dropped);
                return dropped
                    ? (side with { State = next }, [])
                    : (new Side(next, side.Starters + (own == 'C' ? 'S' : 'C')), [full with { Kind = Kind.Reply }, full]);
            case Kind.Reply:
                return (new Side(side.State.ReceiveReply(frame.Generation), side.Starters + own), [full]);
            case Kind.Ratchet:
                return (side with { State = side.State.ReceiveRatchet(frame.Generation, frame.Step) }, []);
            case Kind.Full:
                return (side with { State = side.State.ReceiveFull(frame.Generation, frame.Step) }, []);
            default:
                return (side, []);
        }
    }

    [Fact]
    public void What_is_out_of_place_is_refused()
    {
        RekeyState idle = RekeyState.Initial(HandshakeRole.Server);
        RekeyState started = idle.Start();
        RekeyState answered = idle.ReceiveInit(1, out _);
        Assert.Throws<InvalidOperationException>(() => started.Start());
        Assert.Throws<InvalidOperationException>(() => answered.Start());
        Refuse(() => idle.ReceiveInit(0, out _));
        Refuse(() => idle.ReceiveInit(2, out _));
        Refuse(() => answered.ReceiveInit(1, out _));
        Refuse(() => answered.ReceiveInit(2, out _));
        Refuse(() => idle.ReceiveReply(1));
        Refuse(() => started.ReceiveReply(2));
        Refuse(() => answered.ReceiveReply(1));
        Refuse(() => idle.ReceiveFull(1, 0));
        Refuse(() => started.ReceiveFull(1, 0));
        Refuse(() => answered.ReceiveFull(2, 0));
        Refuse(() => answered.ReceiveFull(1, 1));
        Refuse(() => idle.ReceiveRatchet(0, 0));
        Refuse(() => idle.ReceiveRatchet(0, 2));
        Refuse(() => idle.ReceiveRatchet(1, 1));
    }

    [Fact]
    public void The_client_drops_one_crossing_init_and_no_more()
    {
        RekeyState client = RekeyState.Initial(HandshakeRole.Client).Start().ReceiveInit(1, out bool dropped);
        Assert.True(dropped);
        Refuse(() => client.ReceiveInit(1, out _));
        Assert.Equal(RekeyPhase.Answered, client.ReceiveReply(1).Phase);

        RekeyState server = RekeyState.Initial(HandshakeRole.Server).Start().ReceiveInit(1, out dropped);
        Assert.False(dropped);
        Assert.Equal(RekeyPhase.Answered, server.Phase);
    }

    private static void Refuse(Action action) => Assert.Throws<ProtocolException>(action);
}

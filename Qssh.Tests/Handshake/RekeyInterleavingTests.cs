using Qssh.Crypto.Kem;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Handshake;

/// <summary>
/// Two machines with real keys, joined by FIFO wires, driven at random: ratchets, rekeys by both, data, and sending steps that wait in
/// their queue. Each frame carries the key that it was sealed with; whoever opens it must hold that key.
/// </summary>
public sealed class RekeyInterleavingTests
{
    private sealed class Side : IDisposable
    {
        private readonly Queue<RekeyStep> _steps = new();

        public Side(HandshakeRole role)
        {
            byte[] master = new byte[32];
            using SessionSecrets session = SessionSecrets.FromMaster(master);
            Machine = new RekeyMachine(role, HybridKem.Find((byte)KemId.XWing)!, session, RekeyLimits.Default with { PeerRekeys = 10_000 }, default);
            SendKey = Name(Machine.Secrets.Sending.DeriveFrameKey());
            ReceiveKey = Name(Machine.Secrets.Receiving.DeriveFrameKey());
        }

        public RekeyMachine Machine { get; }

        public string SendKey { get; private set; }

        public string ReceiveKey { get; private set; }

        public Queue<(string Key, byte[]? Message)> Wire { get; } = new();

        public bool HasSteps => _steps.Count > 0;

        public void Queue(RekeyStep[] steps)
        {
            foreach (RekeyStep step in steps)
                _steps.Enqueue(step);
        }

        public void Perform()
        {
            RekeyStep step = _steps.Dequeue();
            if (step.Kind == RekeyStepKind.SwitchSending)
            {
                SendKey = Name(step.Key!);
                Machine.SendingSwitched(default);
            }
            else
            {
                Wire.Enqueue((SendKey, step.Message.ToArray()));
            }

            // A frame between KeySwitch and the switch would be lost to the peer.
            if (step.Kind == RekeyStepKind.SendAlone)
                Perform();
        }

        public void Receive((string Key, byte[]? Message) frame)
        {
            Assert.Equal(ReceiveKey, frame.Key);
            if (frame.Message is null)
                return;
            foreach (RekeyStep step in Machine.Consume(frame.Message, frame.Message[0] == KeySwitch.MessageType, default))
            {
                if (step.Kind == RekeyStepKind.SwitchReceiving)
                    ReceiveKey = Name(step.Key!);
                else
                    Queue([step]);
            }
        }

        public void Dispose() => Machine.Dispose();

        private static string Name(FrameKey key)
        {
            using (key)
                return Convert.ToHexString(key.Key);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_frame_is_opened_with_the_key_that_sealed_it(int seed)
    {
        Random random = new(seed * 7919);
        for (int round = 0; round < 25; round++)
        {
            using Side client = new(HandshakeRole.Client);
            using Side server = new(HandshakeRole.Server);
            for (int move = 0; move < 120; move++)
            {
                (Side side, Side peer) = random.Next(2) == 0 ? (client, server) : (server, client);
                Move(random, side, peer);
            }

            Settle(client, server);
            Assert.Equal(client.Machine.Secrets.Schedule.RootBytes.ToArray(), server.Machine.Secrets.Schedule.RootBytes.ToArray());
            Assert.Equal(client.SendKey, server.ReceiveKey);
            Assert.Equal(server.SendKey, client.ReceiveKey);
        }
    }

    private static void Move(Random random, Side side, Side peer)
    {
        switch (random.Next(10))
        {
            case 0:
                side.Queue(side.Machine.Ratchet());
                break;
            case 1 when side.Machine.State.IsIdle:
                side.Queue(side.Machine.Start(default));
                break;
            case 2:
                side.Wire.Enqueue((side.SendKey, null));
                break;
            case < 7 when side.HasSteps:
                side.Perform();
                break;
            default:
                if (peer.Wire.TryDequeue(out (string Key, byte[]? Message) frame))
                    side.Receive(frame);
                break;
        }
    }

    /// <summary>No new decisions: everything under way must come to an end, with both sides idle.</summary>
    private static void Settle(Side client, Side server)
    {
        while (client.HasSteps || server.HasSteps || client.Wire.Count > 0 || server.Wire.Count > 0)
        {
            foreach ((Side side, Side peer) in ((Side, Side)[])[(client, server), (server, client)])
            {
                while (side.HasSteps)
                    side.Perform();
                while (peer.Wire.TryDequeue(out (string Key, byte[]? Message) frame))
                    side.Receive(frame);
            }
        }

        Assert.True(client.Machine.State.IsIdle);
        Assert.True(server.Machine.State.IsIdle);
        Assert.Equal(client.Machine.State.SendGeneration, server.Machine.State.ReceiveGeneration);
        Assert.Equal(client.Machine.State.SendStep, server.Machine.State.ReceiveStep);
    }
}

using System.Text;
using Qssh.Auth;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Transport;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Connection;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Tests.Support;

/// <summary>A client that takes the steps of the protocol one at a time and sends what the test wants instead.</summary>
internal sealed class ScriptedClient : ScriptedSession
{
    private readonly byte[] _buffer = new byte[HandshakeLimits.Flight];

    private ScriptedClient(int port, ClientOffer offer)
        : base(ConnectTo(port)) => Handshake = new ClientHandshake(offer);

    public ClientHandshake Handshake { get; }

    public TrustQuestion? Host { get; private set; }

    public ServerParameters? Parameters { get; private set; }

    /// <summary>There from CF on.</summary>
    public SessionSecrets? Session { get; private set; }

    public RekeyMachine? Rekey { get; private set; }

    public static ScriptedClient Connect(int port, ClientOffer? offer = null) => new(port, offer ?? ClientOffer.Default);

    /// <summary>Connected, at state S2: the server waits for CF.</summary>
    public static ScriptedClient ConnectToFlight(int port, ClientOffer? offer = null)
    {
        ScriptedClient client = Connect(port, offer);
        client.SendHello();
        client.ReceiveFlight();
        return client;
    }

    /// <summary>Connected, at state S4: the server waits for UA.</summary>
    public static ScriptedClient ConnectToLogin(int port, ClientOffer? offer = null)
    {
        ScriptedClient client = ConnectToFlight(port, offer);
        client.SendFinished();
        return client;
    }

    /// <summary>Connected and logged in.</summary>
    public static ScriptedClient LogIn(int port, string user, SigningKey key, ClientOffer? offer = null)
    {
        ScriptedClient client = ConnectToLogin(port, offer);
        client.SendUserAuth(client.UserAuth(user, key));
        Assert.Equal(AuthStatus.Success, client.ReceiveAuthStatus());
        client.Open();
        return client;
    }

    /// <summary>The next hello, as the product's client would write it.</summary>
    public byte[] Hello() => _buffer[..Handshake.CreateClientHello(_buffer)];

    public void SendHello() => SendHello(Hello());

    public void SendHello(byte[] message) => SendFlight(FrameKind.Hello, FlightClass.OfClientHello(message.Length), message);

    /// <summary>A retry, consumed; the next hello is the second.</summary>
    public void ReceiveRetry()
    {
        ReceivedRecord record = Receive() ?? throw new InvalidOperationException("the server ended the stream instead of a retry");
        Handshake.ConsumeHelloRetry(record.Payload);
    }

    /// <summary>SH to SF; a retry before it, as a busy server wants, is followed.</summary>
    public void ReceiveFlight()
    {
        byte[] hello = ReadMessages(FrameKind.Hello, 1, 1)[0];
        if (hello[0] == HelloRetry.MessageType)
        {
            Handshake.ConsumeHelloRetry(hello);
            SendHello();
            hello = ReadMessages(FrameKind.Hello, 1, 1)[0];
        }

        Handshake.ConsumeServerHello(hello);
        for (int used = Frame.CountClear(hello.Length); used < FlightClass.ServerHello; used++)
            Assert.Empty(Receive()!.Value.Payload);
        HandshakeSecrets secrets = Handshake.Secrets!;
        Reader.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, secrets.Server));
        Writer.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, secrets.Client));
        List<byte[]> flight = ReadMessages(FrameKind.Handshake, 0, 4);
        Parameters = Handshake.ConsumeServerParams(flight[0]);
        Handshake.ConsumeServerIdentity(flight[1]);
        Handshake.ConsumeServerProof(flight[2]);
        Host = Handshake.ConsumeServerFinished(flight[3]);
    }

    /// <summary>CF, not sent.</summary>
    public byte[] Finished()
    {
        int length = Handshake.CreateClientFinished(_buffer, out SessionSecrets session);
        Session = session;
        return _buffer[..length];
    }

    public void SendFinished()
    {
        Send(FrameKind.Handshake, Finished());
        EnterSession();
    }

    /// <summary>Both directions have the traffic keys from here.</summary>
    public void EnterSession()
    {
        Writer.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, Session!.ClientTraffic));
        Reader.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, Session.ServerTraffic));
    }

    /// <param name="change">May change the signature of the first argument, which is the second.</param>
    public byte[] UserAuth(string user, SigningKey key, int attempt = 1, byte[]? first = null, SessionBinding? binding = null, Action<byte[], byte[]>? change = null)
    {
        PublicKey identity = PublicKey.Of(key);
        byte[] name = Encoding.ASCII.GetBytes(user);
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        byte[] message = PublicKeyAuthentication.BytesToSign(binding ?? Handshake.Binding!, attempt, name, identity);
        key.Sign(message, signature);
        change?.Invoke(message, signature);
        byte[] output = new byte[HandshakeLimits.Flight];
        return output[..PublicKeyAuthentication.WriteUserAuth(attempt, name, identity, signature, first ?? [], output)];
    }

    public void SendUserAuth(byte[] message) =>
        SendFlight(FrameKind.Auth, PaddingClass.ForUserAuth(Frame.CountSealed(message.Length)), message);

    public AuthStatus ReceiveAuthStatus() => AuthResult.ReadMessage(ReadMessages(FrameKind.Auth, 1, 1)[0]).Status;

    /// <summary>AR success was received.</summary>
    public void Open()
    {
        if (Handshake.Tier == Tier.PostQuantum)
        {
            Writer.Switch(RecordLayout.Variable, Writer.Key);
            Reader.Switch(RecordLayout.Variable, Reader.Key);
        }
    }

    /// <summary>Takes the session's secrets into a rekey machine, once.</summary>
    public RekeyMachine UseRekey() => Rekey ??= new RekeyMachine(
        HandshakeRole.Client, HybridKem.Find((byte)Handshake.Suite.Kem)!, Session!, RekeyLimits.Default, TimeSpan.Zero);

    /// <summary>Sends and switches what the machine says.</summary>
    public void Perform(RekeyStep[] steps)
    {
        foreach (RekeyStep step in steps)
        {
            using FrameKey? key = step.Key;
            switch (step.Kind)
            {
                case RekeyStepKind.Send:
                    Writer.Append(FrameKind.Control, step.Message.Span);
                    Writer.Close();
                    break;
                case RekeyStepKind.SendAlone:
                    Writer.AppendAlone(FrameKind.Control, step.Message.Span);
                    break;
                case RekeyStepKind.SwitchSending:
                    Writer.Switch(Writer.Layout, new RecordKey(Handshake.Suite.Cipher, key!.Key, key.Iv));
                    Rekey!.SendingSwitched(TimeSpan.Zero);
                    break;
                case RekeyStepKind.SwitchReceiving:
                    Reader.Switch(Reader.Layout, new RecordKey(Handshake.Suite.Cipher, key!.Key, key.Iv));
                    break;
            }
        }

        SendFlight(FrameKind.Control, 0);
    }

    /// <summary>Messages up to the first of the type, that one last; fails at the end of the stream.</summary>
    public List<byte[]> ReceiveUntil(byte type)
    {
        List<byte[]> messages = [];
        while (ReceiveMessage() is { } message)
        {
            messages.Add(message);
            if (message[0] == type)
                return messages;
        }

        throw new InvalidOperationException($"no message {type:x2}, but alert {LastAlert} after {string.Join(' ', messages.ConvertAll(m => m[0].ToString("x2")))}");
    }

    /// <summary>Opens a session channel and runs a command in it.</summary>
    public static byte[][] Run(string command, uint channel = 0) =>
    [
        new ChannelOpen { Channel = channel, Kind = ChannelKind.Session, Window = 1 << 20, Specifics = default }.ToArray(),
        Exec(command, channel),
    ];

    public static byte[] Exec(string command, uint channel = 0)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(command);
        return new ExecRequest { Channel = channel, Reply = true, Total = (uint)bytes.Length, First = bytes }.ToArray();
    }

    /// <summary>Proof that the server still works for this connection: runs a command and returns its output.</summary>
    public string RunToEnd(string command, uint channel = 0)
    {
        SendSession(Run(command, channel));
        StringBuilder output = new();
        foreach (byte[] message in ReceiveUntil(ChannelClose.MessageType))
        {
            if (message[0] == ChannelData.MessageType)
                output.Append(Encoding.UTF8.GetString(ChannelData.ReadMessage(message).Data));
        }

        SendSession(new ChannelClose { Channel = channel }.ToArray());
        return output.ToString();
    }

    public override void Dispose()
    {
        Handshake.Dispose();
        Rekey?.Dispose();
        Session?.Dispose();
        base.Dispose();
    }

    /// <param name="frames">Frames of the flight; 0: its padding class.</param>
    private List<byte[]> ReadMessages(FrameKind kind, int frames, int count)
    {
        using MessageAssembler assembler = new(HandshakeLimits.Flight);
        List<byte[]> messages = [];
        int used = 0;
        while (messages.Count < count || used < frames)
        {
            ReceivedRecord record = Receive() ?? throw new InvalidOperationException($"the server ended the stream instead of {kind}");
            Assert.True(record.Kind == kind, $"expected {kind}, got {record}");
            used++;
            MessageCursor cursor = assembler.Feed(record.Payload);
            while (cursor.TryNext(out ReadOnlySpan<byte> message))
                messages.Add(message.ToArray());
            if (messages.Count == count && frames == 0)
                frames = PaddingClass.ForServerFlight(used);
        }

        return messages;
    }
}

using System.Net;
using System.Net.Sockets;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Transport;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Support;

/// <summary>A server that takes the steps of the protocol one at a time and sends what the test wants instead.</summary>
internal sealed class ScriptedServer : ScriptedSession
{
    private readonly byte[] _buffer = new byte[HandshakeLimits.Flight];
    private readonly CookieJar _cookies = new();

    public ScriptedServer(Socket socket, ServerOffer? offer = null)
        : base(socket) => Handshake = new ServerHandshake(offer ?? DefaultOffer);

    public static ServerOffer DefaultOffer { get; } = new(TierSet.Between(Tier.PostQuantum, Tier.Hardened), SuiteList.Default.WithHostSchemes(SignatureScheme.MlDsa65)!);

    public ServerHandshake Handshake { get; }

    public SessionSecrets? Session { get; private set; }

    /// <summary>What is said in SA to whoever connects.</summary>
    public byte[] Banner { get; init; } = [];

    private ServerParameters Parameters => new()
    {
        Methods = AuthMethods.PublicKey,
        Attempts = 6,
        UserSchemes = [SignatureScheme.MlDsa65],
        Banner = Banner,
    };

    /// <summary>The client's hello, as it came.</summary>
    public byte[] ReadHello() => ReadMessages(FrameKind.Hello, 1, out int frames, out byte[] hello, size => FlightClass.OfClientHello(size)) ? hello : throw new InvalidOperationException($"end of stream after {frames} frames");

    /// <summary>CH5: reads it and chooses.</summary>
    public HelloDecision ReceiveHello(bool busy = false, int work = 0) =>
        Handshake.ConsumeClientHello(ReadHello(), new HelloContext(_cookies, new byte[16], DateTimeOffset.UtcNow.ToUnixTimeSeconds(), busy, work));

    public byte[] Retry() => _buffer[..Handshake.CreateHelloRetry(_buffer)];

    /// <summary>SH, sent; the keys of the handshake are used from here.</summary>
    public void SendServerHello() => SendServerHello(ServerHello());

    public byte[] ServerHello() => _buffer[..Handshake.CreateServerHello(_buffer)];

    public void SendServerHello(byte[] message)
    {
        SendFlight(FrameKind.Hello, FlightClass.ServerHello, message);
        UseHandshakeKeys();
    }

    public void UseHandshakeKeys()
    {
        HandshakeSecrets secrets = Handshake.Secrets!;
        Writer.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, secrets.Server));
        Reader.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, secrets.Client));
    }

    /// <summary>SA, SI, SP and SF, in this order.</summary>
    /// <param name="shown">The key in SI.</param>
    /// <param name="signer">The key that signs SP.</param>
    /// <param name="change">May change the signature.</param>
    public byte[][] Flight(ReadOnlySpan<byte> shown, SigningKey signer, Action<byte[]>? change = null)
    {
        byte[] parameters = Copy(Handshake.CreateServerParams(Parameters, _buffer));
        byte[] identity = Copy(Handshake.CreateServerIdentity(shown, _buffer));
        byte[] signature = new byte[signer.Algorithm.SignatureSize];
        signer.Sign(Handshake.BytesToSign(), signature);
        change?.Invoke(signature);
        byte[] proof = Copy(Handshake.CreateServerProof(signature, _buffer));
        byte[] finished = Copy(Handshake.CreateServerFinished(_buffer));
        return [parameters, identity, proof, finished];
    }

    public void SendFlight(byte[][] messages)
    {
        int frames = Frame.CountSealed(messages.Sum(message => message.Length));
        SendFlight(FrameKind.Handshake, PaddingClass.ForServerFlight(frames), messages);
    }

    /// <summary>Everything up to SF as it should be.</summary>
    public void SendGoodFlight(SigningKey key)
    {
        ReceiveHello();
        SendServerHello();
        SendFlight(Flight(key.PublicKey, key));
    }

    /// <summary>CF; the traffic keys are used from here.</summary>
    public void ReceiveFinished()
    {
        ReceivedRecord record = Receive() ?? throw new InvalidOperationException("the client ended the stream instead of CF");
        Session = Handshake.ConsumeClientFinished(record.Payload);
        Reader.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, Session.ClientTraffic));
        Writer.Switch(RecordLayout.Frames, RecordKey.Of(Handshake.Suite.Cipher, Session.ServerTraffic));
    }

    /// <summary>UA as it came.</summary>
    public byte[] ReceiveUserAuth() =>
        ReadMessages(FrameKind.Auth, 0, out int frames, out byte[] claim, size => PaddingClass.ForUserAuth(Frame.CountSealed(size))) ? claim : throw new InvalidOperationException($"end of stream after {frames} frames");

    public void SendAuthResult(AuthStatus status, byte left = 0) => Send(FrameKind.Auth, AuthResultMessage((byte)status, left));

    public static byte[] AuthResultMessage(byte status, byte left) => [0x21, 0, 12, status, status == 0 ? (byte)0 : (byte)1, left, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A whole login; returns the claim, whose first bytes begin the session.</summary>
    public byte[] LogIn(SigningKey key)
    {
        SendGoodFlight(key);
        ReceiveFinished();
        byte[] claim = ReceiveUserAuth();
        SendAuthResult(AuthStatus.Success);
        Feed(UserAuth.ReadMessage(claim).First.ToArray());
        return claim;
    }

    public override void Dispose()
    {
        Handshake.Dispose();
        Session?.Dispose();
        base.Dispose();
    }

    private byte[] Copy(int length) => _buffer.AsSpan(0, length).ToArray();

    private bool ReadMessages(FrameKind kind, int least, out int frames, out byte[] message, Func<int, int> target)
    {
        using MessageAssembler assembler = new(HandshakeLimits.Flight);
        message = [];
        frames = 0;
        for (int wanted = Math.Max(1, least); frames < wanted; wanted = message.Length == 0 ? frames + 1 : target(message.Length))
        {
            if (Receive() is not { } record)
                return false;
            Assert.True(record.Kind == kind, $"expected {kind}, got {record}");
            frames++;
            MessageCursor cursor = assembler.Feed(record.Payload);
            while (cursor.TryNext(out ReadOnlySpan<byte> found))
                message = found.ToArray();
        }

        return true;
    }
}

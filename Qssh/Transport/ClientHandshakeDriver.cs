using System.Diagnostics;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Transport;

/// <summary>
/// Client side of the handshake over a connection. <see cref="RunAsync"/> goes to SF4 and returns who the host has proved to be; only the
/// caller's yes leads on to <see cref="Finish"/>, after which the user may be named.
/// </summary>
internal sealed class ClientHandshakeDriver(RecordConnection connection, ClientOffer offer) : IDisposable
{
    private readonly byte[] _buffer = new byte[HandshakeLimits.ClientHello];
    private readonly ClientHandshake _handshake = new(offer);

    /// <summary>Suite, tier and binding.</summary>
    public ClientHandshake Handshake => _handshake;

    /// <summary>What the server said about logging in; there after <see cref="RunAsync"/>.</summary>
    public ServerParameters? Parameters { get; private set; }

    /// <summary>Milliseconds from our hello to the server's.</summary>
    public int RoundTrip { get; private set; }

    public async ValueTask<TrustQuestion> RunAsync()
    {
        long sent = await SendHelloAsync();
        await Stranger.DetectAsync(connection);
        byte[] answer = await ReadAnswerAsync();
        if (MessageHeader.Read(answer).Type == HelloRetry.MessageType)
        {
            _handshake.ConsumeHelloRetry(answer);
            sent = await SendHelloAsync();
            answer = await ReadAnswerAsync();
        }

        _handshake.ConsumeServerHello(answer);
        RoundTrip = (int)Stopwatch.GetElapsedTime(sent).TotalMilliseconds + 1;
        HandshakeSecrets secrets = _handshake.Secrets!;
        connection.Reader.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, secrets.Server));
        connection.Writer.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, secrets.Client));
        return await ReceiveFlightAsync();
    }

    /// <summary>CF1, CF2: ClientFinished is written but not sent: the first UserAuth follows in the same flight.</summary>
    public SessionSecrets Finish()
    {
        int length = _handshake.CreateClientFinished(_buffer, out SessionSecrets session);
        connection.Writer.Append(FrameKind.Handshake, _buffer.AsSpan(0, length));
        connection.Writer.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, session.ClientTraffic));
        connection.Reader.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, session.ServerTraffic));
        return session;
    }

    public void Dispose() => _handshake.Dispose();

    private async ValueTask<long> SendHelloAsync()
    {
        int length = _handshake.CreateClientHello(_buffer);
        connection.Writer.Append(FrameKind.Hello, _buffer.AsSpan(0, length));
        connection.Writer.Pad(FrameKind.Hello, Frame.CountClear(length), FlightClass.OfClientHello(length));
        await connection.FlushAsync();
        return Stopwatch.GetTimestamp();
    }

    private async ValueTask<byte[]> ReadAnswerAsync()
    {
        using FlightReader reader = new(connection, FrameKind.Hello, HandshakeLimits.ServerHello, FlightClass.ServerHello);
        byte[] answer = await reader.ReadAsync();
        bool isRetry = MessageHeader.Read(answer).Type == HelloRetry.MessageType;
        await reader.ReadPaddingAsync(isRetry ? FlightClass.HelloRetry : FlightClass.ServerHello);
        return answer;
    }

    private async ValueTask<TrustQuestion> ReceiveFlightAsync()
    {
        using FlightReader reader = new(connection, FrameKind.Handshake, HandshakeLimits.Flight, PaddingClass.Largest);
        Parameters = _handshake.ConsumeServerParams(await reader.ReadAsync());
        _handshake.ConsumeServerIdentity(await reader.ReadAsync());
        _handshake.ConsumeServerProof(await reader.ReadAsync());
        byte[] finished = await reader.ReadAsync();
        await reader.ReadPaddingAsync(PaddingClass.ForServerFlight(reader.Frames));
        return _handshake.ConsumeServerFinished(finished);
    }
}

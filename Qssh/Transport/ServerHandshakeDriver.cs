using System.Diagnostics;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Crypto.Signatures;

namespace Qssh.Transport;

/// <summary>What a listener gives to each of its handshakes.</summary>
internal sealed record ServerHandshakeSettings
{
    public required ServerOffer Offer { get; init; }

    /// <summary>The host key of a scheme; there is one for each scheme of the offer's suites.</summary>
    public required Func<SignatureScheme, ISigner> HostKey { get; init; }

    public required ServerParameters Parameters { get; init; }

    public required CookieJar Cookies { get; init; }

    /// <summary>Above the load threshold every hello is answered by a retry first.</summary>
    public required Func<bool> IsBusy { get; init; }

    /// <summary>Zero bits of work that a retry asks for while busy.</summary>
    public int Work { get; init; }
}

/// <summary>
/// Server side of the handshake over a connection, CH5 to CF6: frames in, frames out, and the one await of the host key. The deadline is
/// the owner's: it disposes the stream, and whatever waits here ends.
/// </summary>
internal sealed class ServerHandshakeDriver(RecordConnection connection, ServerHandshakeSettings settings, ReadOnlyMemory<byte> address, TimeProvider time) : IDisposable
{
    private readonly ServerHandshake _handshake = new(settings.Offer);
    private byte[] _buffer = [];
    private int _flightBytes;

    /// <summary>Suite, tier and binding of the finished handshake.</summary>
    public ServerHandshake Handshake => _handshake;

    /// <summary>Milliseconds from the end of our flight to the client's answer.</summary>
    public int RoundTrip { get; private set; }

    /// <summary>Runs to CF6; the connection then has the traffic keys in both directions.</summary>
    public async ValueTask<SessionSecrets> RunAsync()
    {
        await Stranger.RefuseAsync(connection);
        HelloDecision decision = ConsumeHello(await ReadHelloAsync());
        if (decision == HelloDecision.SendRetry)
        {
            await SendRetryAsync();
            ConsumeHello(await ReadHelloAsync());
        }

        _buffer = new byte[HandshakeLimits.Flight];
        SendServerHello();
        await SendFlightAsync();
        // This object lives as long as the session; an idle one should cost little.
        _buffer = [];
        long sent = Stopwatch.GetTimestamp();
        SessionSecrets session = await ReceiveFinishedAsync();
        RoundTrip = (int)Stopwatch.GetElapsedTime(sent).TotalMilliseconds + 1;
        return session;
    }

    public void Dispose() => _handshake.Dispose();

    private async ValueTask<byte[]> ReadHelloAsync()
    {
        using FlightReader reader = new(connection, FrameKind.Hello, HandshakeLimits.ClientHello, FlightClass.LargestHello);
        byte[] hello = await reader.ReadAsync();
        await reader.ReadPaddingAsync(FlightClass.OfClientHello(hello.Length));
        return hello;
    }

    private HelloDecision ConsumeHello(byte[] hello)
    {
        HelloContext context = new(settings.Cookies, address.Span, time.GetUtcNow().ToUnixTimeSeconds(), settings.IsBusy(), settings.Work);
        return _handshake.ConsumeClientHello(hello, context);
    }

    private async ValueTask SendRetryAsync()
    {
        byte[] retry = new byte[HandshakeLimits.HelloRetry];
        int length = _handshake.CreateHelloRetry(retry);
        connection.Writer.Append(FrameKind.Hello, retry.AsSpan(0, length));
        await connection.FlushAsync();
    }

    private void SendServerHello()
    {
        int length = _handshake.CreateServerHello(_buffer);
        connection.Writer.Append(FrameKind.Hello, _buffer.AsSpan(0, length));
        connection.Writer.Pad(FrameKind.Hello, Frame.CountClear(length), FlightClass.ServerHello);
        HandshakeSecrets secrets = _handshake.Secrets!;
        connection.Writer.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, secrets.Server));
        connection.Reader.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, secrets.Client));
    }

    private async ValueTask SendFlightAsync()
    {
        ISigner hostKey = settings.HostKey(_handshake.Suite.Host);
        Append(_handshake.CreateServerParams(settings.Parameters, _buffer));
        Append(_handshake.CreateServerIdentity(hostKey.PublicKey, _buffer));
        byte[] signature = await hostKey.SignAsync(_handshake.BytesToSign());
        Append(_handshake.CreateServerProof(signature, _buffer));
        Append(_handshake.CreateServerFinished(_buffer));
        int frames = Frame.CountSealed(_flightBytes);
        connection.Writer.Pad(FrameKind.Handshake, frames, PaddingClass.ForServerFlight(frames));
        await connection.FlushAsync();
    }

    private async ValueTask<SessionSecrets> ReceiveFinishedAsync()
    {
        using FlightReader reader = new(connection, FrameKind.Handshake, HandshakeLimits.SingleFrame, 1);
        byte[] message = await reader.ReadAsync();
        await reader.ReadPaddingAsync(1);
        SessionSecrets session = _handshake.ConsumeClientFinished(message);
        connection.Writer.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, session.ServerTraffic));
        connection.Reader.Switch(RecordLayout.Frames, RecordKey.Of(_handshake.Suite.Cipher, session.ClientTraffic));
        return session;
    }

    private void Append(int length)
    {
        connection.Writer.Append(FrameKind.Handshake, _buffer.AsSpan(0, length));
        _flightBytes += length;
    }
}

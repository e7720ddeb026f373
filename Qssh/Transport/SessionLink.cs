using Qssh.Crypto.Rng;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Record;

namespace Qssh.Transport;

/// <summary>
/// An authenticated connection: one receive loop, one send loop, both on the reactor thread and awaited by <see cref="RunAsync"/>.
/// Seals and opens, switches keys, keeps alive, covers keystrokes; knows nothing of what the session stream carries.
/// </summary>
internal sealed partial class SessionLink : ISessionLink
{
    private readonly RecordConnection _connection;
    private readonly Reactor _reactor;
    private readonly Notifier _wake = new();
    private readonly ReactorTimer _idleSlab;
    private readonly SessionLinkSettings _settings;
    private readonly RekeyDriver _rekey;
    private readonly KeepAlive _keepAlive;
    private ILinkReceiver? _receiver;
    private KeystrokeCover? _cover;
    private ReactorTimer? _coverTimer;
    private ReactorTimer? _keepAliveTimer;
    private ReactorTimer? _rekeyTimer;
    private ReactorTimer? _cutTimer;
    private bool _sendNow;
    private bool _wasFull;
    private bool _receivedSinceIdleCheck;
    private bool _ended;
    private bool _closing;
    private Exception? _reason;

    public SessionLink(RecordConnection connection, Reactor reactor, RekeyDriver rekey, SessionLinkSettings settings, int roundTrip)
    {
        _connection = connection;
        _reactor = reactor;
        _rekey = rekey;
        _settings = settings;
        RoundTrip = Math.Max(1, roundTrip);
        _connection.Reader.ChecksFill = false;
        _idleSlab = reactor.Schedule(TimeSpan.FromSeconds(1), ReleaseIdleSlab);
        _keepAlive = new KeepAlive(settings.KeepAliveInterval, settings.KeepAliveCount);
    }

    public int RoundTrip { get; }

    public int Room => _closing ? 0 : _connection.Writer.Room;

    /// <summary>Bytes of the session stream sent and received, for display.</summary>
    public long SentBytes { get; private set; }

    public long ReceivedBytes { get; private set; }

    /// <summary>Turns keystroke cover on; only T2 and up call this, for sessions with a terminal.</summary>
    public void CoverKeystrokes(bool isClient, int interval) => _cover ??= new KeystrokeCover(isClient, interval);

    public void Write(ReadOnlySpan<byte> messages)
    {
        if (_closing)
            return;
        SentBytes += messages.Length;
        _connection.Writer.Append(FrameKind.Session, messages);
        if (_connection.Writer.Room <= 0)
            _wasFull = true;
        _wake.Set();
    }

    /// <summary>Runs the session until it ends, then tells the receiver how.</summary>
    /// <param name="received">Session bytes that came with the handshake (<c>first</c> of UserAuth).</param>
    public async ValueTask RunAsync(ILinkReceiver receiver, ReadOnlyMemory<byte> received = default)
    {
        _receiver = receiver;
        StartKeepAlive();
        ValueTask sending = SendLoopAsync();
        try
        {
            if (!received.IsEmpty)
                receiver.OnSessionBytes(received.Span);
            await ReceiveLoopAsync();
        }
        catch (Exception fault) when (fault is IOException or ProtocolException)
        {
            Fail(fault);
        }
        finally
        {
            _ended = true;
            _wake.Set();
            CutSoon();
            await sending;
            End();
        }
    }

    /// <summary>Ends the session from our side: the alert leaves after everything that was written, then the stream ends.</summary>
    /// <param name="reason">What the local side is told; null for a clean end.</param>
    public void Close(AlertCode code, Exception? reason = null)
    {
        if (_closing)
            return;
        _closing = true;
        _reason ??= reason;
        try
        {
            _connection.Writer.AppendAlone(FrameKind.Alert, [(byte)code]);
        }
        catch (ProtocolException)
        {
            // A peer that has not read our answers does not read an alert either.
            _connection.Stream.Dispose();
        }

        _sendNow = true;
        _wake.Set();
        CutSoon();
    }

    /// <summary>A peer that does not read must not keep us: what has not left after a moment is lost with the stream.</summary>
    private void CutSoon() => _cutTimer ??= _reactor.Schedule(_settings.CloseTime, _connection.Stream.Dispose);

    private void Fail(Exception fault)
    {
        _reason ??= fault;
        if (fault is ProtocolException { Code: var code })
            Close(code, fault);
        else
            _closing = true;
    }

    private void End()
    {
        _idleSlab.Cancel();
        _coverTimer?.Cancel();
        _keepAliveTimer?.Cancel();
        _rekeyTimer?.Cancel();
        _cutTimer?.Cancel();
        _connection.Dispose();
        _rekey.Dispose();
        _receiver!.OnClosed(_reason);
    }

    private async ValueTask ReceiveLoopAsync()
    {
        // Records that came with the last flight of the login wait in the connection already.
        if (!ReceiveBatch())
            return;
        while (!_ended)
        {
            if (!await _connection.Stream.ReadableAsync())
                return;
            int count = _connection.Receive();
            if (count == Duplex.WouldBlock)
                continue;
            if (count == 0)
            {
                if (!_closing)
                    throw new ConnectionEndException(EndCause.Truncated, "the connection ended without a close: something may be missing");
                return;
            }

            _receivedSinceIdleCheck = true;
            if (!_idleSlab.IsActive)
                _idleSlab.Restart();
            if (!ReceiveBatch())
                return;
        }
    }

    /// <returns>False: the peer has closed.</returns>
    private bool ReceiveBatch()
    {
        bool any = false;
        while (_connection.TryRead(out FrameKind kind, out Span<byte> payload))
        {
            any = true;
            if (!Receive(kind, payload))
                return false;
        }

        if (any)
        {
            _keepAlive.OnReceived();
            CoverReceived();
        }

        return true;
    }

    private bool Receive(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Session:
                if (payload.IsEmpty)
                    ProtocolException.Throw("empty session frame");
                ReceivedBytes += payload.Length;
                _receiver!.OnSessionBytes(payload);
                return true;
            case FrameKind.Control:
                _rekey.Receive(payload);
                WatchExchange();
                _wake.Set();
                return true;
            case FrameKind.Fill:
                if (!payload.IsEmpty)
                    ProtocolException.Throw("fill frame with content");
                return true;
            case FrameKind.Alert:
                ReceiveAlert(payload);
                return false;
            default:
                ProtocolException.Throw("frame of the handshake inside the session");
                return false;
        }
    }

    private void ReceiveAlert(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 1)
            ProtocolException.Throw("alert is not one byte");
        AlertCode code = (AlertCode)payload[0];
        if (code != AlertCode.Close)
            _reason ??= ConnectionEndException.FromAlert(code);
        _closing = true;
    }

    private void ReleaseIdleSlab()
    {
        if (_receivedSinceIdleCheck)
            _idleSlab.Restart();
        else
            _connection.ReleaseIfEmpty();
        _receivedSinceIdleCheck = false;
    }

    private void WatchExchange()
    {
        if (_rekey.ExchangeTimeLeft is not { } left)
        {
            _rekeyTimer?.Cancel();
            return;
        }

        if (_rekeyTimer is null)
            _rekeyTimer = _reactor.Schedule(left, CheckExchange);
        else if (!_rekeyTimer.IsActive)
            _rekeyTimer.Restart(left);
    }

    private void CheckExchange()
    {
        try
        {
            _rekey.CheckDeadline();
        }
        catch (ProtocolException fault)
        {
            Fail(fault);
        }
    }

    private void StartKeepAlive()
    {
        if (_keepAlive.IsOn)
            _keepAliveTimer = _reactor.Schedule(_keepAlive.Interval, KeepAliveElapsed);
    }

    private void KeepAliveElapsed()
    {
        if (_closing || _ended)
            return;
        switch (_keepAlive.Elapsed())
        {
            case KeepAlive.Verdict.Ask:
                _receiver!.OnSilence();
                break;
            case KeepAlive.Verdict.Dead:
                _reason ??= new ConnectionEndException(EndCause.TimedOut, "the peer does not answer any more");
                _closing = true;
                _connection.Stream.Dispose();
                return;
        }

        _keepAliveTimer!.Restart();
    }

    private static int RandomChaff()
    {
        Span<byte> bytes = stackalloc byte[2];
        SystemRandom.Fill(bytes);
        return (bytes[0] << 8 | bytes[1]) % 1001;
    }
}

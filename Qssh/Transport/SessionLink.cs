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
    /// <summary>Whoever found no room is told when there is this much again.</summary>
    private const int HighRoom = SlabPool.SlabSize / 2;

    private readonly RecordConnection _connection;
    private readonly Reactor _reactor;
    private readonly Notifier _wake = new();
    private readonly ReactorTimer _idleSlab;
    private readonly SessionLinkSettings _settings;
    private readonly RekeyDriver _rekey;
    private readonly KeepAlive _keepAlive;
    private ILinkReceiver? _receiver;
    private ReactorTimer? _keepAliveTimer;
    private ReactorTimer? _rekeyTimer;
    private ReactorTimer? _cut;
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
        _connection.IsSession = true;
        _idleSlab = reactor.Schedule(TimeSpan.FromSeconds(1), ReleaseIdleSlab);
        _keepAlive = new KeepAlive(settings.KeepAliveInterval, settings.KeepAliveCount);
    }

    public int RoundTrip { get; }

    public int Room => _closing ? 0 : _connection.Writer.Room;

    /// <summary>Bytes of the session stream sent and received, for display.</summary>
    public long SentBytes { get; private set; }

    public long ReceivedBytes { get; private set; }

    public void Write(ReadOnlySpan<byte> messages)
    {
        if (_closing)
            return;
        SentBytes += messages.Length;
        try
        {
            _connection.Writer.Append(FrameKind.Session, messages);
        }
        catch (ProtocolException fault)
        {
            // Whoever writes is not to blame: the peer made us answer and does not read.
            Fail(fault);
            return;
        }

        if (_connection.Writer.Room < HighRoom)
            _wasFull = true;
        _wake.Set();
    }

    /// <summary>Starts a full rekey now, from any state of the session, also an idle one.</summary>
    /// <returns>False: one is open already, or there were too many in the last minute.</returns>
    public bool Rekey()
    {
        if (_closing || !_rekey.Start())
            return false;
        _wake.Set();
        return true;
    }

    /// <summary>
    /// Runs the session until it ends, then tells the receiver how. Faults of stream and peer are told, not thrown; any other fault of the
    /// receiver ends the session too, and is thrown after that.
    /// </summary>
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
        catch (Exception fault)
        {
            Fail(fault);
            if (fault is not (IOException or ProtocolException))
                throw;
        }
        finally
        {
            await DiscardInputAsync();
            _ended = true;
            _wake.Set();
            await sending;
            End();
        }
    }

    private async ValueTask ReceiveLoopAsync()
    {
        // Records that came with the last flight of the login wait in the connection already.
        ReceiveBatch();
        while (!_closing)
        {
            if (!await _connection.Stream.ReadableAsync())
                throw new ConnectionEndException(EndCause.TimedOut, "the connection was closed while waiting");
            if (_closing)
                return;
            int count = _connection.Receive();
            if (count == Duplex.WouldBlock)
                continue;
            if (count == 0)
                throw new ConnectionEndException(EndCause.Truncated, "the connection ended without a close: something may be missing");

            _receivedSinceIdleCheck = true;
            if (!_idleSlab.IsActive)
                _idleSlab.Restart();
            ReceiveBatch();
        }
    }

    private void ReceiveBatch()
    {
        bool any = false;
        while (!_closing && _connection.TryRead(out FrameKind kind, out Span<byte> payload))
        {
            any = true;
            Receive(kind, payload);
        }

        if (!any || _closing)
            return;
        _rekey.AfterReceive();
        _keepAlive.OnReceived();
        CoverReceived();
    }

    private void Receive(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Session:
                if (payload.IsEmpty)
                    ProtocolException.Throw("empty session frame");
                ReceivedBytes += payload.Length;
                _receiver!.OnSessionBytes(payload);
                break;
            case FrameKind.Control:
                _rekey.Receive(payload);
                WatchExchange();
                _wake.Set();
                break;
            case FrameKind.Fill:
                if (!payload.IsEmpty)
                    ProtocolException.Throw("fill frame with content");
                break;
            case FrameKind.Alert:
                ReceiveAlert(payload);
                break;
            default:
                ProtocolException.Throw("frame of the handshake inside the session");
                break;
        }
    }

    private void ReceiveAlert(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 1)
            ProtocolException.Throw("alert is not one byte");
        AlertCode code = (AlertCode)payload[0];
        if (code != AlertCode.Close)
            _reason ??= ConnectionEndException.FromAlert(code);
        BeginEnd();
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
                Fail(new ConnectionEndException(EndCause.TimedOut, "the peer does not answer any more"));
                return;
        }

        _keepAliveTimer!.Restart();
    }
}

using Qssh.Errors;
using Qssh.Record;

namespace Qssh.Transport;

/// <summary>
/// The one way out, whoever decides: an alert if there is one to send, what was written before it, the end of the stream; and after a
/// moment the stream is cut, so that no peer keeps us by not reading or not ending.
/// </summary>
internal sealed partial class SessionLink
{
    /// <summary>Ends the session from our side: the alert leaves after everything that was written, then the stream ends.</summary>
    /// <param name="reason">What the local side is told; null for a clean end.</param>
    public void Close(AlertCode code, Exception? reason = null)
    {
        if (_closing)
            return;
        _reason ??= reason;
        BeginEnd();
        try
        {
            _connection.Writer.AppendAlone(FrameKind.Alert, [(byte)code]);
        }
        catch (ProtocolException)
        {
            // No room for one more record, or no record left under the key: the peer has to do without the word.
            _connection.Stream.Dispose();
        }
    }

    /// <summary>What comes after the end was decided changes nothing: a reset is no surprise then.</summary>
    private void Fail(Exception fault)
    {
        if (_closing)
            return;
        switch (fault)
        {
            case ProtocolException { Code: var code }:
                Close(code, fault);
                break;
            case IOException:
                _reason ??= fault;
                BeginEnd();
                _connection.Stream.Dispose();
                break;
            default:
                Close(AlertCode.Internal, fault);
                break;
        }
    }

    private void BeginEnd()
    {
        _closing = true;
        _cut ??= _reactor.Schedule(_settings.CloseTime, _connection.Stream.Dispose);
        _wake.Set();
    }

    /// <summary>
    /// Our alert is on its way. A socket that is closed with unread bytes answers the peer's next ones with a reset, which would overtake it.
    /// </summary>
    private async ValueTask DiscardInputAsync()
    {
        try
        {
            while (await _connection.Stream.ReadableAsync() && _connection.Discard() != 0)
            {
            }
        }
        catch (IOException)
        {
            // It is over in any case.
        }
    }

    private void End()
    {
        _closing = true;
        _idleSlab.Cancel();
        _cut?.Cancel();
        _coverTimer?.Cancel();
        _keepAliveTimer?.Cancel();
        _rekeyTimer?.Cancel();
        _connection.Dispose();
        _rekey.Dispose();
        _receiver!.OnClosed(_reason);
    }
}

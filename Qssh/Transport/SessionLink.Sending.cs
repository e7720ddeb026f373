using Qssh.Errors;
using Qssh.Record;

namespace Qssh.Transport;

/// <summary>The send loop: all that was written in one turn of the reactor leaves in one call, unless keystroke cover holds it back.</summary>
internal sealed partial class SessionLink
{
    private async ValueTask SendLoopAsync()
    {
        try
        {
            while (!_ended || _closing && !_connection.Writer.IsEmpty)
            {
                if (!_sendNow && !HasWork())
                    await _wake.WaitAsync();
                if (!await SendTurnAsync())
                    break;
                if (_closing && _connection.Writer.IsEmpty)
                    break;
            }

            if (_closing)
                _connection.Stream.EndSend();
        }
        catch (IOException fault)
        {
            _reason ??= fault;
            _closing = true;
            _connection.Stream.Dispose();
        }
        catch (ProtocolException fault)
        {
            _reason ??= fault;
            _closing = true;
            _connection.Stream.Dispose();
        }
    }

    private bool HasWork() => !_connection.Writer.Ready.IsEmpty;

    /// <returns>False: the stream is gone.</returns>
    private async ValueTask<bool> SendTurnAsync()
    {
        if (!_closing)
        {
            _rekey.BeforeSend();
            WatchExchange();
        }

        if (!HoldsBack())
            _connection.Writer.Close();
        _sendNow = false;

        while (!_connection.Writer.Ready.IsEmpty)
        {
            if (!_connection.TrySend() && !await _connection.Stream.WritableAsync())
                return false;
            NotifyRoom();
        }

        return true;
    }

    /// <summary>With cover on, a part of a frame waits for its tick; full frames leave at once.</summary>
    private bool HoldsBack()
    {
        if (_cover is null || _sendNow || _closing || _connection.Writer.OpenBytes == 0)
            return false;
        _cover.OnWaiting(Environment.TickCount64, RandomChaff());
        ArmCover();
        return true;
    }

    private void NotifyRoom()
    {
        if (!_wasFull || _connection.Writer.Room < SlabPool.SlabSize / 2 || _closing)
            return;
        _wasFull = false;
        _receiver!.OnDrained();
    }

    private void CoverReceived()
    {
        if (_cover is null)
            return;
        _cover.OnReceived(Environment.TickCount64);
        ArmCover();
    }

    private void ArmCover()
    {
        if (_cover!.Due == long.MaxValue)
            return;
        TimeSpan due = TimeSpan.FromMilliseconds(Math.Max(0, _cover.Due - Environment.TickCount64));
        if (_coverTimer is null)
            _coverTimer = _reactor.Schedule(due, CoverTick);
        else
            _coverTimer.Restart(due);
    }

    private void CoverTick()
    {
        if (_closing || _ended)
            return;
        if (_cover!.Tick(Environment.TickCount64, _connection.Writer.OpenBytes > 0))
        {
            if (_connection.Writer.OpenBytes == 0)
                _connection.Writer.AppendAlone(FrameKind.Fill, []);
            _sendNow = true;
            _wake.Set();
        }

        ArmCover();
    }
}

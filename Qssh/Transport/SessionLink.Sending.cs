using Qssh.Errors;

namespace Qssh.Transport;

/// <summary>The send loop: all that was written in one turn of the reactor leaves in one call, unless keystroke cover holds it back.</summary>
internal sealed partial class SessionLink
{
    /// <summary>The socket did not take all of the last batch.</summary>
    private bool _blocked;

    private async ValueTask SendLoopAsync()
    {
        try
        {
            while (true)
            {
                PrepareToSend();
                if (_connection.Writer.Ready.IsEmpty)
                {
                    if (_closing || _ended)
                        break;
                    await _wake.WaitAsync();
                }
                else if (_connection.TrySend() || await _connection.Stream.WritableAsync())
                {
                    _blocked = !_connection.Writer.Ready.IsEmpty;
                    NotifyRoom();
                }
                else
                {
                    break;
                }
            }

            if (_closing)
                _connection.Stream.EndSend();
        }
        catch (Exception fault) when (fault is IOException or ProtocolException)
        {
            Fail(fault);
            _connection.Stream.Dispose();
        }
    }

    /// <summary>
    /// Before each call of the socket, not once per batch: under full load the writer never runs empty, and keys have to change all the
    /// same. The record that still takes payload leaves with the batch, but not while the socket is behind: then it will be filled by what
    /// comes meanwhile.
    /// </summary>
    private void PrepareToSend()
    {
        if ((!_blocked || _connection.Writer.Ready.IsEmpty) && !HoldsBack())
            _connection.Writer.Close();
        if (!_closing && !_connection.Writer.Ready.IsEmpty)
            ChangeKeys();
    }

    private void ChangeKeys()
    {
        try
        {
            _rekey.BeforeSend();
            WatchExchange();
        }
        catch (ProtocolException fault)
        {
            Fail(fault);
        }
    }

    private void NotifyRoom()
    {
        if (!_wasFull || _connection.Writer.Room < HighRoom || _closing)
            return;
        _wasFull = false;
        _receiver!.OnDrained();
    }
}

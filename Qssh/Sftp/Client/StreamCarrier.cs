using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>Carries a session over two streams: the pipes of a program that was started for it.</summary>
internal sealed class StreamCarrier(IStreamEnd input, IStreamEnd output) : ISftpCarrier
{
    /// <summary>What a pipe holds by default.</summary>
    private const int BufferSize = 65536;

    private SftpSession? _session;
    private bool _isWaiting;
    private bool _isDisposed;

    /// <summary>Begins to read.</summary>
    public void Attach(SftpSession session)
    {
        _session = session;
        Reactor.Current.Start(ReadAsync);
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        if (_isDisposed || _isWaiting)
            return 0;
        IoResult result = output.Write(data);
        if (result.IsOk)
            return result.Count;
        if (result.WouldBlock)
        {
            _isWaiting = true;
            Reactor.Current.Start(WaitAsync);
        }

        // A broken pipe: what the program says before its end is read, then its end ends the session.
        return 0;
    }

    public void Dispose()
    {
        _isDisposed = true;
        output.Dispose();
        input.Dispose();
    }

    private async ValueTask WaitAsync()
    {
        bool open = await output.WritableAsync();
        _isWaiting = false;
        if (open)
            _session!.OnWritable();
    }

    private async ValueTask ReadAsync()
    {
        byte[] buffer = new byte[BufferSize];
        // It may have been disposed between the event and this turn.
        while (!_isDisposed && await input.ReadableAsync() && !_isDisposed)
        {
            IoResult result = input.Read(buffer);
            if (result.WouldBlock)
                continue;
            if (!result.IsOk || result.Count == 0)
                break;
            _session!.OnBytes(buffer.AsSpan(0, result.Count));
        }

        if (!_isDisposed)
            _session!.OnEnd(new SftpLostException("Connection closed"));
    }
}

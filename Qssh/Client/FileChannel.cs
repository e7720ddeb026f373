using System.Text;
using Qssh.Mux;
using Qssh.Sftp.Client;
using Qssh.Telemetry.Log;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Client;

/// <summary>
/// A session channel whose bytes are those of a file transfer session: they go from the opened frame to the session's parser and from the
/// session's buffer into the frame, with nothing in between.
/// </summary>
internal sealed class FileChannel : IChannelHandler, ISftpCarrier
{
    private readonly ClientLog _log;
    private readonly MuxChannel _channel;
    private string? _refusal;

    /// <summary>Opens the channel and asks for the subsystem or the command of the plan, which may all travel with the login.</summary>
    public FileChannel(SessionMux mux, RemotePlan plan, ClientLog log)
    {
        _log = log;
        Session = new SftpSession(this);
        _channel = mux.Open(ChannelKind.Session, this);
        SessionRequests.Send(_channel, plan, null, default, log);
    }

    public SftpSession Session { get; }

    /// <summary>Compression, where it was asked for.</summary>
    public ChannelPacking? Packing => _channel.Packing;

    /// <summary>Both sides have closed.</summary>
    public bool IsClosed { get; private set; }

    public int Send(ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, _channel.SendCapacity);
        if (count > 0)
            _channel.SendData(DataStream.Plain, data[..count]);
        return count;
    }

    /// <summary>The end of our requests: the server's program ends by itself and the channel with it.</summary>
    public void Finish() => _channel.SendEof();

    public void Dispose() => _channel.Close();

    public void OnAccepted() => Session.OnWritable();

    public void OnRefused(ChannelRefusal reason) => Session.OnEnd(new SftpLostException($"the server opens no session (reason {(int)reason})"));

    public void OnData(DataStream stream, ReadOnlySpan<byte> data)
    {
        if (stream == DataStream.Plain)
            Session.OnBytes(data);
        else
            Show(data);
        _channel.Consumed(data.Length);
    }

    public void OnEof() => End(null);

    public void OnMessage(byte type, ReadOnlySpan<byte> message)
    {
        if (type != RequestReply.MessageType || RequestReply.ReadMessage(message).Ok)
            return;
        _refusal = "subsystem request failed on channel 0";
        End(null);
    }

    public void OnProhibited(byte type, ReadOnlySpan<byte> message)
    {
        // Only servers have gates.
    }

    public void OnSendable() => Session.OnWritable();

    public void OnClosed(Exception? reason)
    {
        IsClosed = true;
        End(reason);
    }

    private void End(Exception? reason) =>
        Session.OnEnd(new SftpLostException(_refusal ?? (reason is null ? "Connection closed" : "Connection closed: " + reason.Message)));

    /// <summary>What the server's program complains about, a line at a time and escaped.</summary>
    private void Show(ReadOnlySpan<byte> data)
    {
        foreach (string line in Encoding.UTF8.GetString(data).TrimEnd().Split('\n'))
            _log.Info(PeerText.Escape(line.TrimEnd('\r'), 1000));
    }
}

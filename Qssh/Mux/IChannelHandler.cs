using Qssh.Wire.Messages.Connection;

namespace Qssh.Mux;

/// <summary>What stands above a channel. Methods run on the reactor thread, in the order of the messages.</summary>
internal interface IChannelHandler
{
    /// <summary>The peer has taken the channel that we opened.</summary>
    public void OnAccepted();

    /// <summary>The peer has refused the channel that we opened; it is gone.</summary>
    public void OnRefused(ChannelRefusal reason);

    /// <summary>Data within the window. The handler calls <see cref="MuxChannel.Consumed"/> for it, now or when it has left our side.</summary>
    public void OnData(DataStream stream, ReadOnlySpan<byte> data);

    /// <summary>The peer sends no more data.</summary>
    public void OnEof();

    /// <summary>Another message of the channel, admitted by the capability table: type, length, body.</summary>
    public void OnMessage(byte type, ReadOnlySpan<byte> message);

    /// <summary>A request that the capability table refuses; a reply, if one was asked for, is the handler's.</summary>
    public void OnProhibited(byte type, ReadOnlySpan<byte> message);

    /// <summary>There may be credit or room again for <see cref="MuxChannel.SendCapacity"/>.</summary>
    public void OnSendable();

    /// <summary>Both sides have closed, or the connection is gone (with a reason unless it ended cleanly). The last call.</summary>
    public void OnClosed(Exception? reason);
}

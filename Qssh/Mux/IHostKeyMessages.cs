namespace Qssh.Mux;

/// <summary>Takes the messages about host keys: the server's end answers, the client's end learns.</summary>
internal interface IHostKeyMessages
{
    /// <summary>A message of the peer that the capability table lets through: type, length, body.</summary>
    public void OnMessage(byte type, ReadOnlySpan<byte> message);
}

using Qssh.Errors;
using Qssh.Record;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>The last word of a client that gives up before there is a session.</summary>
internal static class Farewell
{
    /// <summary>One try, without waiting: the peer is owed nothing more.</summary>
    public static void Send(RecordConnection connection, AlertCode code)
    {
        try
        {
            connection.Writer.AppendAlone(FrameKind.Alert, [(byte)code]);
            connection.TrySend();
            connection.Stream.EndSend();
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or ObjectDisposedException)
        {
            // The connection is gone already.
        }
    }
}

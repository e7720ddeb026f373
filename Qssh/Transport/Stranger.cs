using Qssh.Errors;

namespace Qssh.Transport;

/// <summary>
/// Peers of another protocol that mistook the port. SSH-2 is the likely one, and both its sides begin with the same four bytes, which no
/// frame can begin with.
/// </summary>
internal static class Stranger
{
    private const int PrefixSize = 4;

    /// <summary>Server: an SSH-2 client gets one readable line and the end.</summary>
    public static async ValueTask RefuseAsync(RecordConnection connection)
    {
        if (!await StartsLikeSshAsync(connection))
            return;
        connection.Stream.Send("This is a QSSH/1 server, not SSH-2: connect with qssh.\r\n"u8);
        throw new ConnectionEndException(EndCause.Stranger, "the client speaks SSH-2");
    }

    /// <summary>Client: an SSH-2 server ends the attempt with a message that says so.</summary>
    public static async ValueTask DetectAsync(RecordConnection connection)
    {
        if (await StartsLikeSshAsync(connection))
            throw new ConnectionEndException(EndCause.Stranger, "the server speaks SSH-2, not QSSH/1: is the port right? (qsshd listens on 22222 by default)");
    }

    private static async ValueTask<bool> StartsLikeSshAsync(RecordConnection connection)
    {
        while (connection.Pending.Length < PrefixSize)
        {
            if (!connection.Pending.IsEmpty && connection.Pending[0] != (byte)'S')
                return false;
            if (!await connection.Stream.ReadableAsync())
                throw new ConnectionEndException(EndCause.TimedOut, "the connection was closed while waiting");
            if (connection.Receive() == 0)
                throw new ConnectionEndException(EndCause.Truncated, "the peer ended the connection before it said anything");
        }

        return connection.Pending[..PrefixSize].SequenceEqual("SSH-"u8);
    }
}

namespace Qssh.Transport;

/// <summary>
/// The byte stream below a connection: a socket, or a pair joined in memory. Non-blocking; used by one reactor thread. Faults of the
/// stream (reset, time-out) are <see cref="IOException"/>, and so is the use of an end that was disposed: deadlines dispose it at any time,
/// between a wait and the call that follows.
/// </summary>
internal abstract class Duplex : IDisposable
{
    /// <summary>What <see cref="Receive"/> and <see cref="Send"/> return when the stream has to be waited for.</summary>
    public const int WouldBlock = -1;

    /// <returns>Bytes received, 0 at the end of the stream, or <see cref="WouldBlock"/>.</returns>
    public abstract int Receive(Span<byte> buffer);

    /// <returns>Bytes taken, or <see cref="WouldBlock"/>.</returns>
    public abstract int Send(ReadOnlySpan<byte> bytes);

    /// <returns>False: the stream was disposed meanwhile.</returns>
    public abstract ValueTask<bool> ReadableAsync();

    /// <returns>False: the stream was disposed meanwhile.</returns>
    public abstract ValueTask<bool> WritableAsync();

    /// <summary>Tells the peer that nothing more follows. Does nothing once disposed.</summary>
    public abstract void EndSend();

    public abstract void Dispose();
}

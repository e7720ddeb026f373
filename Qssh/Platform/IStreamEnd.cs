namespace Qssh.Platform;

/// <summary>One end of a byte stream that a reactor thread reads or writes without blocking: a standard stream, a pipe, a terminal.</summary>
internal interface IStreamEnd : IDisposable
{
    public IoResult Read(Span<byte> buffer);

    public IoResult Write(ReadOnlySpan<byte> data);

    /// <returns>False: disposed meanwhile.</returns>
    public ValueTask<bool> ReadableAsync();

    /// <returns>False: disposed meanwhile.</returns>
    public ValueTask<bool> WritableAsync();
}

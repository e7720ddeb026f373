using Qssh.Platform;

namespace Qssh.Client;

/// <summary>Standard output or error as the end of a channel, remembering why it stopped taking bytes.</summary>
internal sealed class LocalOutput(int number) : IStreamEnd
{
    private readonly StandardStream _stream = StandardStream.Open(number);

    /// <summary>The fault that ended it, if any.</summary>
    public IoResult? Fault { get; private set; }

    public IoResult Read(Span<byte> buffer) => _stream.Read(buffer);

    public IoResult Write(ReadOnlySpan<byte> data)
    {
        IoResult result = _stream.Write(data);
        if (!result.IsOk && !result.WouldBlock)
            Fault = result;
        return result;
    }

    public ValueTask<bool> ReadableAsync() => _stream.ReadableAsync();

    public ValueTask<bool> WritableAsync() => _stream.WritableAsync();

    /// <summary>The remote program writes no more: whoever reads from us learns it now, and not when the session ends.</summary>
    public void Dispose() => _stream.CloseInherited();
}

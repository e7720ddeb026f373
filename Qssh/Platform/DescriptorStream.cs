namespace Qssh.Platform;

/// <summary>A non-blocking descriptor of our own as a stream end: our side of a pipe, or the master of a pseudo-terminal.</summary>
internal sealed class DescriptorStream(OwnedFd descriptor) : IStreamEnd
{
    private FdWatch? _watch;
    private bool _disposed;

    public int Descriptor => descriptor.Value;

    public IoResult Read(Span<byte> buffer) => Platform.Descriptor.Read(descriptor.Value, buffer);

    public IoResult Write(ReadOnlySpan<byte> data) => Platform.Descriptor.Write(descriptor.Value, data);

    public ValueTask<bool> ReadableAsync() => _disposed ? new ValueTask<bool>(false) : Watch().ReadableAsync();

    public ValueTask<bool> WritableAsync() => _disposed ? new ValueTask<bool>(false) : Watch().WritableAsync();

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _watch?.Dispose();
        descriptor.Dispose();
    }

    private FdWatch Watch() => _watch ??= Reactor.Current.Watch(descriptor.Value);
}

using Qssh.Secrets;

namespace Qssh.Schedule;

/// <summary>Frame key and IV of one key step, ready for a sealer or an opener. Wiped on dispose.</summary>
internal sealed class FrameKey : IDisposable
{
    private readonly SecretBuffer _buffer = new(TrafficSecret.KeySize + TrafficSecret.IvSize);

    public Span<byte> Key => _buffer.Span[..TrafficSecret.KeySize];

    public Span<byte> Iv => _buffer.Span[TrafficSecret.KeySize..];

    public void Dispose() => _buffer.Dispose();
}

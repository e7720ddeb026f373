namespace Qssh.Tests.Support;

/// <summary>A monotonic clock that stands until the test moves it.</summary>
internal sealed class FakeTime : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}

using Qssh.Crypto.Rng;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Record;

namespace Qssh.Transport;

/// <summary>Keystroke cover carried out: what is not a full frame waits for its tick.</summary>
internal sealed partial class SessionLink
{
    private KeystrokeCover? _cover;
    private ReactorTimer? _coverTimer;
    private long _armedFor = long.MaxValue;

    private static long Milliseconds => MonotonicClock.Nanoseconds / MonotonicClock.NanosecondsPerMillisecond;

    /// <summary>Turns keystroke cover on; only T2 and up call this, for sessions with a terminal.</summary>
    public void CoverKeystrokes(bool isClient, int interval) => _cover ??= new KeystrokeCover(isClient, interval);

    private bool HoldsBack()
    {
        if (_cover is null || _closing || _connection.Writer.OpenBytes == 0)
            return false;
        _cover.OnWaiting(Milliseconds, RandomChaff());
        ArmCover();
        return true;
    }

    private void CoverReceived()
    {
        if (_cover is null)
            return;
        _cover.OnReceived(Milliseconds);
        ArmCover();
    }

    /// <summary>A timer that runs for this tick already is left alone: setting it anew at the time of a key would move the tick by that key.</summary>
    private void ArmCover()
    {
        if (_cover!.Due == _armedFor)
            return;
        _armedFor = _cover.Due;
        if (_armedFor == long.MaxValue)
        {
            _coverTimer?.Cancel();
            return;
        }

        long nanoseconds = _armedFor * MonotonicClock.NanosecondsPerMillisecond - MonotonicClock.Nanoseconds;
        TimeSpan due = TimeSpan.FromTicks(Math.Max(0, nanoseconds / TimeSpan.NanosecondsPerTick + 1));
        if (_coverTimer is null)
            _coverTimer = _reactor.Schedule(due, CoverTick);
        else
            _coverTimer.Restart(due);
    }

    private void CoverTick()
    {
        if (_closing || _ended)
            return;
        _armedFor = long.MaxValue;
        if (_cover!.Tick(Milliseconds, _connection.Writer.OpenBytes > 0))
            SendOne();
        ArmCover();
    }

    /// <summary>The frame of a tick. While the socket takes nothing there is no need for fill: it would only fill our own memory.</summary>
    private void SendOne()
    {
        try
        {
            if (_connection.Writer.OpenBytes > 0)
                _connection.Writer.Close();
            else if (_connection.Writer.Ready.IsEmpty)
                _connection.Writer.AppendAlone(FrameKind.Fill, []);
            _wake.Set();
        }
        catch (ProtocolException fault)
        {
            Fail(fault);
        }
    }

    private static int RandomChaff()
    {
        Span<byte> bytes = stackalloc byte[2];
        SystemRandom.Fill(bytes);
        return (bytes[0] << 8 | bytes[1]) % 1001;
    }
}

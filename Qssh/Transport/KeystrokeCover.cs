namespace Qssh.Transport;

/// <summary>
/// When an interactive session may send (T2 and up), so that packet times do not tell key times. Pure: times come in, due times go out.
/// <para>
/// Client: frames leave only on a grid of 20 ms. From the first key on every tick carries one frame, data or fill, and goes on so for one
/// to two random seconds after the last key.
/// Server: each frame of the client is answered by one frame, data or fill, a fixed time later; output that comes between waits for the
/// next answer, and goes by itself once the client has been quiet for more than a tick.
/// Frames that are already full leave at once on either side: bulk output is not typing.
/// </para>
/// </summary>
internal sealed class KeystrokeCover(bool isClient, int interval)
{
    /// <summary>Milliseconds between ticks unless configured otherwise.</summary>
    public const int DefaultInterval = 20;

    private const int AnswerDelay = 4;
    private const int ChaffMinimum = 1000;

    private long _chaffUntil = long.MinValue;
    private long _lastReceived = long.MinValue / 2;
    private bool _owesAnswer;

    /// <summary>Time at which <see cref="Tick"/> is due, or <see cref="long.MaxValue"/>.</summary>
    public long Due { get; private set; } = long.MaxValue;

    /// <summary>A frame of the peer has come.</summary>
    public void OnReceived(long now)
    {
        _lastReceived = now;
        if (isClient)
            return;
        _owesAnswer = true;
        Due = Math.Min(Due, now + AnswerDelay);
    }

    /// <summary>A part of a frame waits to be sent.</summary>
    /// <param name="chaff">Random, 0 to 1000: how far the cover outlasts the minimum.</param>
    public void OnWaiting(long now, int chaff)
    {
        if (isClient)
        {
            _chaffUntil = Math.Max(_chaffUntil, now + ChaffMinimum + chaff);
            if (Due == long.MaxValue)
                Due = NextTick(now);
        }
        else if (Due == long.MaxValue)
        {
            Due = Math.Max(now + AnswerDelay, _lastReceived + interval + interval / 2);
        }
    }

    /// <summary>The due time has come: exactly one frame leaves now, with what waits or as fill.</summary>
    /// <returns>False: nothing waits and no cover is needed any more.</returns>
    public bool Tick(long now, bool isWaiting)
    {
        // An answer that is late because this machine is busy is still sent: leaving out only those without data would show which had some.
        bool covers = isClient ? now < _chaffUntil : _owesAnswer;
        _owesAnswer = false;
        Due = isClient && (covers || isWaiting) ? NextTick(now) : long.MaxValue;
        return isWaiting || covers;
    }

    private long NextTick(long now) => (now / interval + 1) * interval;
}

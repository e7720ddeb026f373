using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>
/// Which file's content is asked for or sent next, within what may be on its way at once. Files stand in line in the order in which they
/// began, so that the first one is done first and many small ones fill the pipe together.
/// </summary>
internal sealed class BulkQueue(SftpSession session)
{
    /// <summary>Small pieces cost the server more than their bytes.</summary>
    public const int MostPieces = 1024;

    /// <summary>What a piece is where the server allows it: half of a processor's cache holds it in every buffer that it passes.</summary>
    public const int UsualPiece = 128 * 1024;

    private static readonly TimeSpan s_longestDrain = TimeSpan.FromMilliseconds(100);

    private readonly Queue<BulkRead> _readers = [];
    private readonly Queue<BulkWrite> _writers = [];
    private readonly PipeDepth _depth = new();
    private ReactorTimer? _drainLimit;
    private int _bytes;
    private int _pieces;
    private bool _isPumping;

    public SftpSession Session => session;

    /// <summary>Data of one read and of one write, as the server allows.</summary>
    public int ReadSize { get; set; } = SmallestLimit;

    public int WriteSize { get; set; } = SmallestLimit;

    /// <summary>Requests that may be on their way.</summary>
    public int MaxPieces { get; set; } = MostPieces;

    /// <summary>Holds back where a rate was asked for; null: as fast as it goes.</summary>
    public RateLimit? Rate { get; set; }

    /// <summary>Servers without limits@openssh.com take this much (draft-ietf-secsh-filexfer-02, section 3: packets of 34000 bytes).</summary>
    public const int SmallestLimit = 32 * 1024;

    /// <summary>Bytes that may be on their way.</summary>
    public int Depth => _depth.Bytes;

    public bool HasRoom => _pieces < MaxPieces && _depth.HasRoom(_bytes);

    public void Add(BulkRead reader)
    {
        if (session.Lost is not null)
        {
            reader.OnLost();
            return;
        }

        if (!reader.IsQueued)
            _readers.Enqueue(reader);
        reader.IsQueued = true;
        Pump();
    }

    public void Add(BulkWrite writer)
    {
        _writers.Enqueue(writer);
        session.OnWritable();
    }

    /// <param name="others">Requests of any kind that wait for an answer beside this one.</param>
    public void Spend(int bytes, int others)
    {
        if (_pieces == 0)
            _depth.OnFirst(MonotonicClock.Nanoseconds, others == 0);
        _bytes += bytes;
        _pieces++;
    }

    public void Refund(int bytes)
    {
        _bytes -= bytes;
        _pieces--;
        bool wasDraining = _depth.IsDraining;
        _depth.OnAnswer(MonotonicClock.Nanoseconds);
        if (_depth.IsDraining && !wasDraining)
            BoundDraining();
    }

    /// <summary>Asks for as much as there is room for.</summary>
    public void Pump()
    {
        if (_isPumping)
            return;
        _isPumping = true;
        while (HasRoom && session.Lost is null && _readers.TryPeek(out BulkRead? reader))
        {
            if (reader.HasNext && Rate?.MayGo(Resume) == false)
                break;
            if (!reader.HasNext || !reader.AskNext())
                _readers.Dequeue().IsQueued = false;
        }

        _isPumping = false;
    }

    /// <summary>Writes one piece of the first file in line into the session's buffer; false: there is none, or no room.</summary>
    public bool Produce()
    {
        while (HasRoom && _writers.TryPeek(out BulkWrite? writer))
        {
            if (Rate?.MayGo(Resume) == false)
                return false;
            if (writer.SendNext())
                return true;
            _writers.Dequeue();
        }

        return false;
    }

    /// <summary>Nothing goes any more. Who has nothing on its way, as a rate held it back, would wait for ever.</summary>
    public void End()
    {
        while (_readers.TryDequeue(out BulkRead? reader))
            reader.OnLost();
        while (_writers.TryDequeue(out BulkWrite? writer))
            writer.OnLost();
    }

    /// <summary>There may be room again.</summary>
    public void Resume()
    {
        Pump();
        if (_writers.Count > 0)
            session.OnWritable();
    }

    private void BoundDraining()
    {
        if (_drainLimit is not null)
            _drainLimit.Restart();
        else
            _drainLimit = Reactor.Current.Schedule(s_longestDrain, OnDrainLimit);
    }

    private void OnDrainLimit()
    {
        // With nothing on its way nobody is held back, and the session may be closing.
        if (_pieces == 0 || session.Lost is not null)
            return;
        _depth.StopDraining(MonotonicClock.Nanoseconds);
        Resume();
    }
}

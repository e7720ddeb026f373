using System.Buffers.Binary;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>
/// One SFTP session as its client: any number of requests on their way, each with an id, and their replies. Requests leave together at
/// the end of a turn of the reactor; bulk data is read from its file only when the carrier takes it (<see cref="BulkQueue"/>).
/// </summary>
internal sealed class SftpSession : ISftpReceiver, IDisposable
{
    private readonly Dictionary<uint, SftpCall> _calls = [];
    private readonly ISftpCarrier _carrier;
    private readonly SftpParser _parser;
    private readonly Action _flush;
    private byte[] _out = new byte[4096];
    private int _outStart;
    private int _outEnd;
    private uint _nextId;
    private SftpReply? _version;
    private bool _flushPosted;

    public SftpSession(ISftpCarrier carrier)
    {
        _carrier = carrier;
        _parser = new SftpParser(this);
        _flush = Flush;
        Bulk = new BulkQueue(this);
    }

    /// <summary>Reads and writes of file content.</summary>
    public BulkQueue Bulk { get; }

    /// <summary>Why nothing can be asked any more; null: it can.</summary>
    public Exception? Lost { get; private set; }

    /// <summary>Called once when the session has ended from the other side or by a fault.</summary>
    public Action? Ended { get; set; }

    /// <summary>Requests without a reply yet.</summary>
    public int Outstanding => _calls.Count;

    /// <summary>Bytes that wait for the carrier.</summary>
    public int Unsent => _outEnd - _outStart;

    /// <summary>Sends the first packet and gives what follows the type of the answer: the version and the extensions.</summary>
    /// <exception cref="SftpLostException">The session has ended; a refusal may be here with the login, before anybody greets.</exception>
    public ValueTask<SftpReply> GreetAsync()
    {
        if (Lost is not null)
            throw Lost;
        _version = new SftpReply();
        SftpWriter writer = new(Reserve(16));
        writer.Begin(SftpPacketType.Init, SftpLimits.Version);
        Commit(ref writer);
        return _version.WaitAsync();
    }

    /// <summary>Begins a request; the caller writes its fields and calls <see cref="End"/> before anything else.</summary>
    /// <param name="room">Bytes that the fields take at most.</param>
    public SftpWriter Begin(SftpPacketType type, SftpCall call, int room)
    {
        if (Lost is not null)
            throw Lost;
        uint id = _nextId++;
        _calls.Add(id, call);
        SftpWriter writer = new(Reserve(room + SftpFrame.LengthSize + SftpFrame.MinPacket));
        writer.Begin(type, id);
        return writer;
    }

    public void End(ref SftpWriter writer) => Commit(ref writer);

    /// <summary>Takes a request back that was begun last.</summary>
    public void Abandon(ref SftpWriter writer)
    {
        writer.Abandon();
        _calls.Remove(_nextId - 1);
    }

    /// <summary>Bytes from the carrier. A fault ends this session, and is not thrown.</summary>
    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        if (Lost is not null)
            return;
        try
        {
            _parser.Feed(bytes);
        }
        catch (ProtocolException fault)
        {
            OnEnd(Broken(fault));
        }
    }

    /// <summary>The carrier takes more.</summary>
    public void OnWritable() => Flush();

    /// <summary>Nothing more comes from the carrier.</summary>
    public void OnEnd(Exception reason)
    {
        if (Lost is not null)
            return;
        Lost = reason;
        _version?.OnLost(reason);
        _parser.Reader?.OnLost(reason);
        List<SftpCall> calls = new(_calls.Values);
        _calls.Clear();
        foreach (SftpCall call in calls)
            call.OnLost(reason);
        Bulk.End();
        Ended?.Invoke();
    }

    public void Dispose()
    {
        OnEnd(new SftpLostException("the session was closed"));
        _carrier.Dispose();
    }

    void ISftpReceiver.OnPacket(ReadOnlySpan<byte> packet)
    {
        SftpPacketType type = (SftpPacketType)packet[0];
        if (_version is { } version)
        {
            if (type != SftpPacketType.Version)
                ProtocolException.Throw($"packet {(byte)type} before the version");
            _version = null;
            version.OnReply(type, packet[1..]);
            return;
        }

        SftpCall call = Take(BinaryPrimitives.ReadUInt32BigEndian(packet[1..]));
        try
        {
            call.OnReply(type, packet[SftpFrame.MinPacket..]);
        }
        catch (ProtocolException fault)
        {
            call.OnLost(Broken(fault));
            throw;
        }
    }

    SftpCall ISftpReceiver.OnDataStart(uint id, int count)
    {
        if (_version is not null)
            ProtocolException.Throw("data before the version");
        SftpCall call = Take(id);
        if (count > call.MaxData || call.MaxData == 0)
        {
            call.OnLost(new SftpLostException("the server sent data that was not asked for"));
            ProtocolException.Throw($"{count} bytes of data where {call.MaxData} were asked for");
        }

        return call;
    }

    private static SftpLostException Broken(ProtocolException fault) => new("the server does not keep to the file transfer protocol: " + fault.Message);

    private SftpCall Take(uint id)
    {
        if (!_calls.Remove(id, out SftpCall? call))
            ProtocolException.Throw("reply to a request that was not made");
        return call!;
    }

    private Span<byte> Reserve(int length)
    {
        if (_outStart == _outEnd)
            _outStart = _outEnd = 0;
        if (_out.Length - _outEnd < length && _outStart > 0)
        {
            _out.AsSpan(_outStart, Unsent).CopyTo(_out);
            (_outStart, _outEnd) = (0, Unsent);
        }

        if (_out.Length - _outEnd < length)
            Array.Resize(ref _out, Math.Max(2 * _out.Length, _outEnd + length));
        return _out.AsSpan(_outEnd, length);
    }

    private void Commit(ref SftpWriter writer)
    {
        writer.End();
        _outEnd += writer.Position;
        if (_flushPosted)
            return;
        _flushPosted = true;
        Reactor.Current.Post(_flush);
    }

    private void Flush()
    {
        _flushPosted = false;
        while (Lost is null)
        {
            if (Unsent == 0 && !Bulk.Produce())
                return;
            while (Unsent > 0)
            {
                int count = _carrier.Send(_out.AsSpan(_outStart, Unsent));
                _outStart += count;
                if (count == 0)
                    return;
            }
        }
    }
}

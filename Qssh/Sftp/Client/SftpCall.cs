using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>A request that waits for its reply. Each gets one of the calls below, once.</summary>
internal abstract class SftpCall
{
    /// <summary>Bytes that a data reply may have; 0: none is expected.</summary>
    public virtual int MaxData => 0;

    /// <summary>A piece of a data reply, as it comes in. After the last one <see cref="OnDataEnd"/> follows.</summary>
    public virtual void OnData(ReadOnlySpan<byte> piece) => throw new InvalidOperationException();

    public virtual void OnDataEnd(int total) => throw new InvalidOperationException();

    /// <param name="body">What follows the id.</param>
    public abstract void OnReply(SftpPacketType type, ReadOnlySpan<byte> body);

    public abstract void OnLost(Exception reason);
}

/// <summary>A call that somebody awaits: holds a copy of the reply.</summary>
/// <param name="expected">The reply that means success; null: any is good, and the caller looks.</param>
internal sealed class SftpReply(SftpPacketType? expected = null) : SftpCall
{
    private readonly WaitSource _wait = new();
    private byte[] _body = [];
    private Exception? _lost;
    private bool _isDone;

    public SftpPacketType Type { get; private set; }

    public ReadOnlySpan<byte> Body => _body;

    /// <summary>Of a handle reply.</summary>
    public byte[] Handle => ReaderOf().Handle().ToArray();

    /// <summary>Of an attributes reply.</summary>
    public SftpAttributes Attributes => ReaderOf().Attributes();

    /// <summary>Of a name reply that has one name.</summary>
    public string Name
    {
        get
        {
            SftpNameList names = new(new SftpReader(_body));
            return names.Remaining == 1 && names.TryNext(out SftpName name) ? ByteText.From(name.FileName) : throw new SftpLostException("the server answered with more or less than one name");
        }
    }

    /// <summary>The code, if the reply is a status; else null.</summary>
    public SftpStatus? Status { get; private set; }

    public async ValueTask<SftpReply> WaitAsync()
    {
        if (!_isDone)
            await _wait.Start(Reactor.Current);
        if (_lost is not null)
            throw _lost;
        return expected is { } type ? Require(type) : this;
    }

    /// <summary>The reply is of this type, or says why not.</summary>
    /// <exception cref="SftpException">The server refused.</exception>
    public SftpReply Require(SftpPacketType type)
    {
        if (Type == type && (Status ?? SftpStatus.Ok) == SftpStatus.Ok)
            return this;
        return Status is { } status && status != SftpStatus.Ok ? throw Refusal(status) : throw new SftpLostException($"the server answered with packet {(byte)Type}, which is none for this request");
    }

    public override void OnReply(SftpPacketType type, ReadOnlySpan<byte> body)
    {
        Type = type;
        _body = body.ToArray();
        if (type == SftpPacketType.Status)
            Status = (SftpStatus)new SftpReader(body).U32("status");
        Finish();
    }

    public override void OnLost(Exception reason)
    {
        _lost = reason;
        Finish();
    }

    private SftpReader ReaderOf() => new(_body);

    private void Finish()
    {
        _isDone = true;
        _wait.Complete(true);
    }

    private SftpException Refusal(SftpStatus status)
    {
        SftpReader reader = new(_body);
        reader.U32("status");
        // Version 3 has words behind the code; some servers leave them out.
        return SftpException.Of(status, reader.IsEmpty ? [] : reader.ByteString(SftpLimits.Text, "message"));
    }
}

using Qssh.Errors;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>What is read from one server is written to another; what the second one does not take holds the reading back.</summary>
internal sealed class RelaySink(SftpClient target, byte[] handle) : IDataSink
{
    /// <summary>Each side may have this much on its way.</summary>
    public const int Window = 4 * 1024 * 1024;

    private int _outstanding;

    /// <summary>Why the target did not take it.</summary>
    public Exception? Fault { get; private set; }

    public BulkRead? Reader { get; set; }

    public Action? Drained { get; set; }

    public bool IsIdle => _outstanding == 0;

    /// <summary>Behind the window counts as full: the reader asks again when it is woken.</summary>
    public int Backlog => _outstanding < Window ? 0 : PipeDepth.Most + 1;

    public bool Write(long offset, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && Fault is null && target.Session.Lost is null)
        {
            ReadOnlySpan<byte> piece = data[..Math.Min(data.Length, target.Bulk.WriteSize)];
            SftpWriter writer = target.Session.Begin(SftpPacketType.Write, new Reply(this, piece.Length), handle.Length + 16 + piece.Length);
            writer.ByteString(handle);
            writer.U64((ulong)offset);
            writer.ByteString(piece);
            target.Session.End(ref writer);
            _outstanding += piece.Length;
            offset += piece.Length;
            data = data[piece.Length..];
        }

        Fault ??= target.Session.Lost;
        return Fault is null;
    }

    private void Finish(int count, Exception? fault)
    {
        bool wasFull = Backlog > 0;
        _outstanding -= count;
        Fault ??= fault;
        if (wasFull && Backlog == 0)
            Reader?.Wake();
        if (IsIdle)
            Drained?.Invoke();
    }

    private sealed class Reply(RelaySink owner, int count) : SftpCall
    {
        public override void OnReply(SftpPacketType type, ReadOnlySpan<byte> body)
        {
            if (type != SftpPacketType.Status)
                ProtocolException.Throw($"packet {(byte)type} for a write");
            SftpReader reader = new(body);
            SftpStatus status = (SftpStatus)reader.U32("status");
            owner.Finish(count, status == SftpStatus.Ok ? null : SftpException.Of(status, reader.IsEmpty ? [] : reader.ByteString(SftpLimits.Text, "message")));
        }

        public override void OnLost(Exception reason) => owner.Finish(count, reason);
    }
}

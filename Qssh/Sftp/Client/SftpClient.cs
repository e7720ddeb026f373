using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>The requests of a session as functions. Paths are text that keeps any bytes (<see cref="ByteText"/>).</summary>
internal sealed partial class SftpClient : IDisposable
{
    /// <summary>Paths take at most so much more as bytes than as characters.</summary>
    private const int BytesPerCharacter = 3;

    /// <summary>A small file costs two round trips: at 100 ms this is a thousand files a second.</summary>
    private const int MostParallelFiles = 256;
    private const int MostParallelDirectories = 64;

    /// <summary>For servers that do not tell: what deployed clients have always asked of them, and more.</summary>
    private const int UntoldHandles = 100;

    /// <summary>For the directory at the top, patterns, and what a program opens besides.</summary>
    private const int HandlesKept = 4;
    private const int DescriptorsKept = 16;

    private readonly HashSet<string> _extensions = [];

    public SftpClient(SftpSession session) => Session = session;

    public SftpSession Session { get; }

    public BulkQueue Bulk => Session.Bulk;

    public uint Version { get; private set; }

    /// <summary>Files that may be open on the server at once for one transfer of many.</summary>
    public int ParallelFiles { get; private set; }

    /// <summary>Directories of a tree that are read or made at once besides; each costs round trips of its own, and both live on the same handles.</summary>
    public int ParallelDirectories { get; private set; }

    public bool Has(ReadOnlySpan<byte> extension) => _extensions.Contains(ByteText.From(extension));

    /// <summary>Version and extensions; limits follow.</summary>
    /// <param name="buffer">The size of data in one packet that the user wants; null: what the server allows.</param>
    public async ValueTask StartAsync(int? buffer = null)
    {
        ReadVersion(await Session.GreetAsync());
        if (Version < SftpLimits.Version)
            throw new SftpLostException($"the server speaks version {Version} of the file transfer protocol; {SftpLimits.Version} is needed");
        SetLimits(default, buffer);
        // Nobody waits: the answer is here before that to any later question.
        if (Has(SftpExtension.Limits))
        {
            SftpWriter writer = Session.Begin(SftpPacketType.Extended, new LimitsCall(this, buffer), SftpExtension.Limits.Length + 4);
            writer.ByteString(SftpExtension.Limits);
            Session.End(ref writer);
        }
    }

    public void Dispose() => Session.Dispose();

    /// <summary>Sends a request of text fields and waits for its reply.</summary>
    private ValueTask<SftpReply> AskAsync(SftpPacketType type, SftpPacketType? expected, string path, string? second = null, in SftpAttributes? attributes = null)
    {
        SftpReply reply = new(expected);
        SftpWriter writer = Session.Begin(type, reply, Room(path) + Room(second ?? "") + SftpAttributes.MaxSize);
        writer.Text(path);
        if (second is not null)
            writer.Text(second);
        if (attributes is { } value)
            writer.Attributes(value);
        Session.End(ref writer);
        return reply.WaitAsync();
    }

    private ValueTask<SftpReply> AskHandleAsync(SftpPacketType type, SftpPacketType? expected, byte[] handle, in SftpAttributes? attributes = null)
    {
        SftpReply reply = new(expected);
        SftpWriter writer = Session.Begin(type, reply, handle.Length + 4 + SftpAttributes.MaxSize);
        writer.ByteString(handle);
        if (attributes is { } value)
            writer.Attributes(value);
        Session.End(ref writer);
        return reply.WaitAsync();
    }

    private ValueTask<SftpReply> ExtendedAsync(ReadOnlySpan<byte> name, SftpPacketType? expected, string? path, string? second = null, in SftpAttributes? attributes = null)
    {
        SftpReply reply = new(expected);
        SftpWriter writer = Session.Begin(SftpPacketType.Extended, reply, name.Length + 4 + Room(path ?? "") + Room(second ?? "") + SftpAttributes.MaxSize);
        writer.ByteString(name);
        if (path is not null)
            writer.Text(path);
        if (second is not null)
            writer.Text(second);
        if (attributes is { } value)
            writer.Attributes(value);
        Session.End(ref writer);
        return reply.WaitAsync();
    }

    private void ReadVersion(SftpReply reply)
    {
        SftpReader reader = new(reply.Body);
        Version = reader.U32("version");
        while (!reader.IsEmpty)
        {
            _extensions.Add(ByteText.From(reader.ByteString(SftpLimits.ExtensionName, "extension")));
            reader.ByteString(SftpLimits.Text, "extension data");
        }
    }

    private void SetLimits(SftpServerLimits limits, int? buffer)
    {
        (Bulk.ReadSize, Bulk.WriteSize) = (Choose(limits.Read, buffer), Choose(limits.Write, buffer));
        int handles = limits.Handles == 0 ? UntoldHandles : (int)Math.Min(limits.Handles, 1024);
        int shared = Math.Clamp(handles - HandlesKept, 1, MostParallelFiles + MostParallelDirectories);
        ParallelDirectories = Math.Min(shared / 3, MostParallelDirectories);
        // Each file is open here, too.
        int here = Descriptor.CountFree(MostParallelFiles + DescriptorsKept) - DescriptorsKept;
        ParallelFiles = Math.Clamp(Math.Min(shared - ParallelDirectories, here), 1, MostParallelFiles);
    }

    private static int Choose(ulong limit, int? wanted)
    {
        // A limit below what every server has to take is none that anybody could work with.
        int most = limit == 0 ? BulkQueue.SmallestLimit : (int)Math.Clamp(limit, 1024, SftpLimits.Data);
        return Math.Clamp(wanted ?? BulkQueue.UsualPiece, 1, most);
    }

    private sealed class LimitsCall(SftpClient owner, int? buffer) : SftpCall
    {
        public override void OnReply(SftpPacketType type, ReadOnlySpan<byte> body)
        {
            if (type != SftpPacketType.ExtendedReply)
                return;
            SftpReader reader = new(body);
            owner.SetLimits(SftpServerLimits.ReadFrom(ref reader), buffer);
        }

        public override void OnLost(Exception reason)
        {
            // Whoever asks next is told.
        }
    }

    private static int Room(string text) => BytesPerCharacter * text.Length + sizeof(uint);
}

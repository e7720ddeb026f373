using System.Globalization;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Files.Legacy;

/// <summary>Sends files of this machine to a sink.</summary>
internal sealed class LegacySource(LegacyPeer sink, TransferOptions options, ProgressMeter? meter = null)
{
    private const uint PermissionBits = 0x1FF; // 0777: setuid and its like are never carried over

    private readonly byte[] _buffer = new byte[sink.Link.Piece];

    /// <summary>Directories that are open, by device and inode: a link to one of them has no end.</summary>
    private readonly List<string> _open = [];

    /// <summary>The sink has said that it is there.</summary>
    /// <exception cref="LegacyEndException">It could not go on.</exception>
    public void Send(string path)
    {
        string name = LocalFiles.NameOf(path);
        // What is in these goes into the target; the names of places are no names there.
        if (name is ".." or "/")
            name = ".";
        int error = LocalFiles.OpenToRead(path, out OwnedFd? file);
        using (file)
        {
            FileStatus status = default;
            if (error == 0)
                error = FileStatus.OfDescriptor(file!.Value, out status);
            if (error != 0)
                sink.Fail($"{TransferReport.Quote(path)}: {Errno.Text(error)}");
            else if (name.Contains('\n'))
                sink.Fail($"{TransferReport.Quote(path)}: the old protocol has no names with line ends");
            else if (status.Kind == FileKind.Directory && options.Recursive)
                SendDirectory(path, name, status);
            else if (status.Kind != FileKind.Regular)
                sink.Fail($"{TransferReport.Quote(path)}: not a regular file");
            else
                SendFile(path, name, file!.Value, status);
        }
    }

    private void SendDirectory(string path, string name, FileStatus status)
    {
        string identity = $"{status.Identity.Device}:{status.Identity.Inode}";
        List<string> names = [];
        if (_open.Contains(identity))
        {
            sink.Fail($"{TransferReport.Quote(path)} is a link to a directory above it: left out");
            return;
        }

        int error = LocalFiles.List(path, names);
        if (error != 0)
        {
            sink.Fail($"{TransferReport.Quote(path)}: {Errno.Text(error)}");
            return;
        }

        if (!Announce('D', 0, name, status))
            return;
        _open.Add(identity);
        foreach (string below in names)
            Send(LocalFiles.Join(path, below));
        _open.RemoveAt(_open.Count - 1);
        sink.Send("E\n"u8);
        sink.ReadReply();
    }

    private bool Announce(char kind, long size, string name, in FileStatus status)
    {
        if (options.Preserve)
        {
            sink.Send(ByteText.ToBytes($"T{Math.Max(status.Modified, 0)} 0 {Math.Max(status.Accessed, 0)} 0\n"));
            if (!sink.ReadReply())
                return false;
        }

        uint mode = status.Mode & PermissionBits;
        sink.Send(ByteText.ToBytes($"{kind}0{mode >> 6}{(mode >> 3) & 7}{mode & 7} {size.ToString(CultureInfo.InvariantCulture)} {name}\n"));
        return sink.ReadReply();
    }

    private void SendFile(string path, string name, int file, FileStatus status)
    {
        if (!Announce('C', status.Size, name, status))
            return;
        LocalSource source = new(file, hasHoles: false, status.Size);
        ProgressEntry? progress = meter?.Begin(name, status.Size);
        string? fault = null;
        for (long at = 0; at < status.Size;)
        {
            Span<byte> piece = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, status.Size - at));
            int count = 0;
            if (fault is null && !source.Read(at, piece, out count))
                fault = $"read {TransferReport.Quote(path)}: {Errno.Text(source.Error)}";
            else if (count < piece.Length)
                fault ??= $"{TransferReport.Quote(path)} became shorter while it was read";
            // The size was said already: what is missing are zeros, and the last word says so.
            piece[count..].Clear();
            if (!sink.Link.Write(piece))
                throw sink.Lost(path);
            at += piece.Length;
            progress?.Advance(piece.Length);
            meter?.Refresh();
        }

        if (progress is not null)
            meter!.End(progress);
        if (fault is null)
            sink.Accept();
        else
            sink.Fail($"{fault}; its copy is not whole");
        sink.ReadReply(path);
    }
}

using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Sftp.Client;

/// <summary>One entry of a directory: its name, checked by nobody yet, and what the server says about it (of a link, the link itself).</summary>
/// <param name="longName">The line of a listing, as far as it was asked for.</param>
internal sealed class SftpEntry(string name, string longName, in SftpAttributes attributes)
{
    public string Name => name;

    public string LongName => longName;

    public SftpAttributes Attributes { get; } = attributes;
}

/// <summary>What the server says about one file.</summary>
internal sealed class SftpFacts(in SftpAttributes attributes)
{
    public SftpAttributes Attributes { get; } = attributes;

    public static implicit operator SftpAttributes(SftpFacts facts) => facts.Attributes;
}

/// <summary>Requests about names.</summary>
internal sealed partial class SftpClient
{
    /// <summary>Entries that are kept of one directory: more than any file system is used with, and a bound for a server that never ends.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>Bytes of the names that are kept of one directory.</summary>
    public int MaxNameBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Kept of a line of a listing: the names of the owners end long before.</summary>
    private const int MaxLongName = 96;

    /// <returns>Its <see cref="SftpReply.Attributes"/>.</returns>
    public ValueTask<SftpReply> StatusAsync(string path, bool follow = true) =>
        AskAsync(follow ? SftpPacketType.PathStatus : SftpPacketType.LinkStatus, SftpPacketType.Attributes, path);

    /// <summary>Null: there is no such file, or it cannot be seen.</summary>
    public async ValueTask<SftpFacts?> FindAsync(string path, bool follow = true)
    {
        SftpReply reply = await AskAsync(follow ? SftpPacketType.PathStatus : SftpPacketType.LinkStatus, null, path);
        return reply.Type == SftpPacketType.Attributes ? new SftpFacts(reply.Attributes) : null;
    }

    public async ValueTask<bool> IsDirectoryAsync(string path) => await FindAsync(path) is { } found && IsDirectory(found.Attributes);

    public static bool IsDirectory(in SftpAttributes attributes) => KindOf(attributes) == FileKind.Directory;

    /// <summary>Without permissions a server does not tell; it is a file then, as for deployed clients.</summary>
    public static FileKind KindOf(in SftpAttributes attributes) => attributes.HasPermissions ? (FileKind)(attributes.Permissions & 0xF000) : FileKind.Regular;

    public ValueTask<SftpReply> SetStatusAsync(string path, in SftpAttributes attributes, bool follow = true) =>
        follow ? AskAsync(SftpPacketType.SetStatus, SftpPacketType.Status, path, null, attributes)
        : Has(SftpExtension.LinkSetStatus) ? ExtendedAsync(SftpExtension.LinkSetStatus, SftpPacketType.Status, path, null, attributes)
        : throw Unsupported();

    /// <summary>The same, for the caller to await later.</summary>
    public SftpReply AskSetStatus(string path, in SftpAttributes attributes)
    {
        SftpReply reply = new(SftpPacketType.Status);
        SftpWriter writer = Session.Begin(SftpPacketType.SetStatus, reply, Room(path) + SftpAttributes.MaxSize);
        writer.Text(path);
        writer.Attributes(attributes);
        Session.End(ref writer);
        return reply;
    }

    public ValueTask<SftpReply> RemoveAsync(string path) => AskAsync(SftpPacketType.Remove, SftpPacketType.Status, path);

    /// <summary>Removes what nobody needs any more, if it can be.</summary>
    public async ValueTask DiscardAsync(string path)
    {
        if (Session.Lost is null)
            await AskAsync(SftpPacketType.Remove, null, path);
    }

    public ValueTask<SftpReply> RemoveDirectoryAsync(string path) => AskAsync(SftpPacketType.RemoveDirectory, SftpPacketType.Status, path);

    public ValueTask<SftpReply> MakeDirectoryAsync(string path, uint? mode = null) =>
        AskAsync(SftpPacketType.MakeDirectory, SftpPacketType.Status, path, null, mode is { } bits ? new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = bits } : default(SftpAttributes));

    /// <param name="replace">Over what has that name, where the server can.</param>
    public ValueTask<SftpReply> RenameAsync(string from, string to, bool replace) =>
        replace && Has(SftpExtension.PosixRename)
            ? ExtendedAsync(SftpExtension.PosixRename, SftpPacketType.Status, from, to)
            : AskAsync(SftpPacketType.Rename, SftpPacketType.Status, from, to);

    /// <summary>Deployed clients and servers send the target first, unlike draft-ietf-secsh-filexfer-02, section 6.10.</summary>
    public ValueTask<SftpReply> SymbolicLinkAsync(string target, string name) => AskAsync(SftpPacketType.SymbolicLink, SftpPacketType.Status, target, name);

    public ValueTask<SftpReply> HardLinkAsync(string existing, string name) =>
        Has(SftpExtension.HardLink) ? ExtendedAsync(SftpExtension.HardLink, SftpPacketType.Status, existing, name) : throw Unsupported();

    /// <returns>Its <see cref="SftpReply.Name"/>.</returns>
    public ValueTask<SftpReply> RealPathAsync(string path) => AskAsync(SftpPacketType.RealPath, SftpPacketType.Name, path);

    /// <summary>"~" and "~user" as the server's user means them.</summary>
    public ValueTask<SftpReply> ExpandAsync(string path) =>
        Has(SftpExtension.ExpandPath) ? ExtendedAsync(SftpExtension.ExpandPath, SftpPacketType.Name, path) : throw Unsupported();

    /// <summary>The reply of statvfs@openssh.com: <see cref="SftpFileSystem"/>.</summary>
    public ValueTask<SftpReply> FileSystemAsync(string path) =>
        Has(SftpExtension.FileSystem) ? ExtendedAsync(SftpExtension.FileSystem, SftpPacketType.ExtendedReply, path) : throw Unsupported();

    /// <summary>All entries in the server's order. Several requests are on their way at once.</summary>
    /// <param name="withDots">"." and "..", too.</param>
    /// <param name="withLines">The server's lines, too.</param>
    /// <exception cref="SftpException">It cannot be opened or read.</exception>
    public async ValueTask<List<SftpEntry>> ListAsync(string path, bool withDots = false, bool withLines = false)
    {
        byte[] handle = (await AskAsync(SftpPacketType.OpenDirectory, SftpPacketType.Handle, path)).Handle;
        Listing listing = new(this, withDots, withLines);
        Queue<SftpReply> asked = [];
        try
        {
            bool isEnd = false;
            while (!isEnd)
            {
                while (asked.Count < (listing.Entries.Count == 0 ? 2 : 8))
                    asked.Enqueue(AskDirectory(handle));
                isEnd = listing.Take(await asked.Dequeue().WaitAsync());
            }
        }
        finally
        {
            if (Session.Lost is null)
                _ = AskHandleAsync(SftpPacketType.Close, null, handle);
        }

        return listing.Entries;
    }

    public static SftpException Unsupported() => SftpException.Of(SftpStatus.Unsupported, []);

    private SftpReply AskDirectory(byte[] handle)
    {
        SftpReply reply = new();
        SftpWriter writer = Session.Begin(SftpPacketType.ReadDirectory, reply, handle.Length + 4);
        writer.ByteString(handle);
        Session.End(ref writer);
        return reply;
    }

    /// <summary>What has come of one directory. Entries that are not kept count as well: a server could send them for ever.</summary>
    private sealed class Listing(SftpClient client, bool withDots, bool withLines)
    {
        private int _names;
        private long _bytes;

        public List<SftpEntry> Entries { get; } = [];

        /// <returns>True: that was the end.</returns>
        public bool Take(SftpReply reply)
        {
            if (reply.Status == SftpStatus.EndOfFile)
                return true;
            SftpNameList names = new(new SftpReader(reply.Require(SftpPacketType.Name).Body));
            if (names.Remaining == 0)
                ProtocolException.Throw("a listing without names");
            while (names.TryNext(out SftpName name))
            {
                if (++_names > client.MaxEntries || (_bytes += name.FileName.Length) > client.MaxNameBytes)
                    throw SftpException.Of(SftpStatus.Failure, "the directory does not end"u8);
                if (withDots || !(name.FileName.SequenceEqual("."u8) || name.FileName.SequenceEqual(".."u8)))
                    Entries.Add(new SftpEntry(ByteText.From(name.FileName), withLines ? Line(name.LongName) : "", name.Attributes));
            }

            return false;
        }

        private static string Line(ReadOnlySpan<byte> text) => ByteText.From(text[..Math.Min(text.Length, MaxLongName)]);
    }
}

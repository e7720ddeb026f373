namespace Qssh.Sftp.Client;

/// <summary>Requests about open files.</summary>
internal sealed partial class SftpClient
{
    /// <param name="mode">Permission bits of a file that is made, before the server's mask; null: the server's choice.</param>
    /// <returns>Its <see cref="SftpReply.Handle"/>.</returns>
    public ValueTask<SftpReply> OpenAsync(string path, SftpOpenFlags flags, uint? mode = null)
    {
        SftpReply reply = new(SftpPacketType.Handle);
        SftpWriter writer = Session.Begin(SftpPacketType.Open, reply, Room(path) + 4 + SftpAttributes.MaxSize);
        writer.Text(path);
        writer.U32((uint)flags);
        writer.Attributes(mode is { } bits ? new() { Flags = SftpAttributeFlags.Permissions, Permissions = bits } : default);
        Session.End(ref writer);
        return reply.WaitAsync();
    }

    /// <summary>What the server says about an open file; null: nothing.</summary>
    public async ValueTask<SftpFacts?> FindAsync(byte[] handle)
    {
        SftpReply reply = await AskHandleAsync(SftpPacketType.HandleStatus, null, handle);
        return reply.Type == SftpPacketType.Attributes ? new SftpFacts(reply.Attributes) : null;
    }

    /// <summary>A file system may say only here that it could not keep what was written.</summary>
    public ValueTask<SftpReply> CloseAsync(byte[] handle) => AskHandleAsync(SftpPacketType.Close, SftpPacketType.Status, handle);

    /// <summary>Closes a handle that was only read, or whose file has failed already: nobody waits.</summary>
    public void CloseLater(byte[] handle)
    {
        if (Session.Lost is null)
            _ = AskHandleAsync(SftpPacketType.Close, null, handle);
    }

    public ValueTask<SftpReply> SetStatusAsync(byte[] handle, in SftpAttributes attributes) =>
        AskHandleAsync(SftpPacketType.HandleSetStatus, SftpPacketType.Status, handle, attributes);

    public ValueTask<SftpReply> SynchronizeAsync(byte[] handle)
    {
        if (!Has(SftpExtension.Synchronize))
            throw Unsupported();
        SftpReply reply = new(SftpPacketType.Status);
        SftpWriter writer = Session.Begin(SftpPacketType.Extended, reply, SftpExtension.Synchronize.Length + 8 + handle.Length);
        writer.ByteString(SftpExtension.Synchronize);
        writer.ByteString(handle);
        Session.End(ref writer);
        return reply.WaitAsync();
    }

    /// <summary>The server copies by itself, up to the end of the first file.</summary>
    public ValueTask<SftpReply> CopyDataAsync(byte[] from, byte[] to)
    {
        if (!Has(SftpExtension.CopyData))
            throw Unsupported();
        SftpReply reply = new(SftpPacketType.Status);
        SftpWriter writer = Session.Begin(SftpPacketType.Extended, reply, SftpExtension.CopyData.Length + 40 + from.Length + to.Length);
        writer.ByteString(SftpExtension.CopyData);
        writer.ByteString(from);
        writer.U64(0);
        writer.U64(0); // the length: to the end
        writer.ByteString(to);
        writer.U64(0);
        Session.End(ref writer);
        return reply.WaitAsync();
    }
}

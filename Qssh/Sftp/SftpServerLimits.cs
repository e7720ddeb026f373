namespace Qssh.Sftp;

/// <summary>Reply to limits@openssh.com; 0 means that the server does not say.</summary>
internal readonly record struct SftpServerLimits(ulong Packet, ulong Read, ulong Write, ulong Handles)
{
    public static SftpServerLimits ReadFrom(ref SftpReader reader) =>
        new(reader.U64("packet limit"), reader.U64("read limit"), reader.U64("write limit"), reader.U64("handle limit"));

    public void WriteTo(ref SftpWriter writer)
    {
        foreach (ulong value in (ReadOnlySpan<ulong>)[Packet, Read, Write, Handles])
            writer.U64(value);
    }
}

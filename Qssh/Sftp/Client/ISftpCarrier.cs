namespace Qssh.Sftp.Client;

/// <summary>What carries the bytes of a session: a channel, or the pipes of a program. Runs on the reactor's thread.</summary>
internal interface ISftpCarrier : IDisposable
{
    /// <summary>Takes what it can at once and says how much that was. After less than all, <see cref="SftpSession.OnWritable"/> follows.</summary>
    public int Send(ReadOnlySpan<byte> data);
}

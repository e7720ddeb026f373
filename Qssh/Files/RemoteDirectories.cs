using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>Directories of a server while a tree is copied. What fails is told to the report.</summary>
internal sealed class RemoteDirectories(SftpClient client, TransferReport report)
{
    private const uint OwnerAll = 0x1C0; // 0700, so that it can be filled

    private readonly Stack<DirectoryMark> _marks = [];

    /// <returns>Null: it cannot be read.</returns>
    public async ValueTask<List<SftpEntry>?> ListAsync(string path)
    {
        try
        {
            return await client.ListAsync(path);
        }
        catch (SftpException refusal)
        {
            report.Fail($"remote readdir {TransferReport.Quote(path)}: {refusal.Message}");
            return null;
        }
    }

    /// <summary>Makes it unless it is there. If it is new, <see cref="FinishAsync"/> takes away what was only needed to fill it.</summary>
    public async ValueTask<bool> MakeAsync(string path, uint mode)
    {
        try
        {
            await client.MakeDirectoryAsync(path, mode | OwnerAll);
            if ((mode & OwnerAll) != OwnerAll)
                Mark(path, new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = mode });
            return true;
        }
        catch (SftpException refusal)
        {
            // Version 3 has no code for "there already".
            if (refusal.Status == SftpStatus.Failure && await client.IsDirectoryAsync(path))
                return true;
            report.Fail($"remote mkdir {TransferReport.Quote(path)}: {refusal.Message}");
            return false;
        }
    }

    /// <summary>Its times and mode are set by <see cref="FinishAsync"/>.</summary>
    public void Mark(string path, in SftpAttributes attributes) => _marks.Push(new DirectoryMark(path, attributes));

    /// <summary>The deepest first: what is made inside changes the times and needs the mode. All are asked for at once.</summary>
    public async ValueTask FinishAsync()
    {
        List<string> paths = [];
        List<SftpReply> replies = [];
        while (_marks.TryPop(out DirectoryMark? mark))
        {
            paths.Add(mark.Path);
            replies.Add(client.AskSetStatus(mark.Path, mark.Attributes));
        }

        for (int i = 0; i < replies.Count; i++)
        {
            try
            {
                await replies[i].WaitAsync();
            }
            catch (SftpException refusal)
            {
                report.Note($"remote setstat {TransferReport.Quote(paths[i])}: {refusal.Message}");
            }
        }
    }
}

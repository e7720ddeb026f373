namespace Qssh.Identity;

/// <param name="Mode">Permission bits, 07777.</param>
internal readonly record struct FileFacts(uint Owner, uint Mode, bool IsRegular);

/// <summary>What the search for authorized keys asks of the file system.</summary>
internal interface IKeyFiles
{
    /// <summary>Follows links; null: cannot be looked at.</summary>
    public FileFacts? Look(string path);

    /// <summary>The path without links and dots; null: it does not exist.</summary>
    public string? Resolve(string path);

    /// <summary>Opens for reading without ever waiting, such as for a pipe; null with a reason if that fails. Facts are of the open file.</summary>
    public Stream? Open(string path, out FileFacts facts, out string? fault);
}

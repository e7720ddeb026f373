namespace Qssh.Files.Legacy;

/// <summary>
/// The records of a source, checked: what it may not send ends the copy before anything is made of it. The rules for names are those of the
/// other protocol (<see cref="RemoteName"/>), and at the top only what was asked for may come.
/// </summary>
/// <param name="request">Null: on the side that was started for the copy; the user's side decides what it sends.</param>
/// <param name="intoDirectory">The target is a directory, so that several names may come.</param>
internal sealed class LegacyIncoming(LegacyPeer source, TransferOptions options, LegacyRequest? request, bool intoDirectory)
{
    private bool _hasTimes;

    /// <summary>Directories that are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Files and directories that came at the top.</summary>
    public int Count { get; private set; }

    /// <summary>Null: the source is done.</summary>
    public LegacyRecord? Next()
    {
        if (source.ReadRecord() is not { } line)
            return Depth == 0 && !_hasTimes ? null : throw source.Lost();
        LegacyRecord record = LegacyRecord.Parse(line) ?? throw source.End($"protocol error: not a record: {TransferReport.Quote(line)}");
        if (_hasTimes && record.Kind is 'T' or 'E')
            throw source.End("protocol error: times of nothing");
        _hasTimes = record.Kind == 'T';
        if (record.Kind == 'E' && --Depth < 0)
            throw source.End("protocol error: the end of a directory that did not begin");
        if (record.Kind is 'C' or 'D')
            Check(record);
        return record;
    }

    /// <summary>The directory of the last record was made: what follows is in it.</summary>
    public void Enter() => Depth++;

    private void Check(LegacyRecord record)
    {
        if (record.Kind == 'D' && !options.Recursive)
            throw source.End($"protocol error: the directory {TransferReport.Quote(record.Name)} without -r");
        bool isPlace = record is { Kind: 'D', Name: "." } && Depth == 0 && request?.IsPlace != false;
        if (!isPlace && !RemoteName.IsSafe(record.Name, options.AnyName))
            throw source.End($"the other side gave the name {TransferReport.Quote(record.Name)}, which is refused");
        if (Depth > 0)
            return;
        if (!isPlace && request?.Allows(record.Name) == false)
            throw source.End($"the other side sent {TransferReport.Quote(record.Name)}, which is not what was asked for; -T takes it");
        if (Count++ > 0 && (!intoDirectory || request?.IsPattern == false))
            throw source.End($"the other side sent {TransferReport.Quote(record.Name)}, which is one more than was asked for, or than the target takes");
    }
}

using Qssh.Platform;

namespace Qssh.Files.Legacy;

/// <summary>Hands what one host sends to another one, through this machine, which checks it as if it were for itself.</summary>
internal sealed class LegacyRelay(LegacyPeer source, LegacyPeer target, TransferOptions options, ProgressMeter? meter)
{
    /// <returns>How many files and directories came at the top.</returns>
    /// <exception cref="LegacyEndException">It could not go on.</exception>
    public int Run(LegacyRequest request)
    {
        // Whether the target is a directory only its host knows.
        LegacyIncoming incoming = new(source, options, request, intoDirectory: request.IsPattern);
        if (!target.ReadReply())
            return 1;
        source.Accept();
        while (incoming.Next() is { } record)
        {
            target.Send(ByteText.ToBytes(record.Line + "\n"));
            bool isTaken = target.ReadReply();
            Answer(isTaken);
            if (isTaken && record.Kind == 'D')
                incoming.Enter();
            else if (isTaken && record.Kind == 'C')
                Answer(Move(record));
        }

        return incoming.Count;
    }

    private void Answer(bool isTaken)
    {
        if (isTaken)
            source.Accept();
        else
            source.Refuse();
    }

    private bool Move(LegacyRecord record)
    {
        ProgressEntry? progress = meter?.Begin(record.Name, record.Size);
        for (long at = 0; at < record.Size;)
        {
            ReadOnlySpan<byte> data = source.Link.Read(record.Size - at);
            if (data.IsEmpty)
                throw source.Lost(record.Name);
            if (!target.Link.Write(data))
                throw target.Lost(record.Name);
            at += data.Length;
            progress?.Advance(data.Length);
            meter?.Refresh();
        }

        if (progress is not null)
            meter!.End(progress);
        if (source.ReadReply(record.Name))
            target.Accept();
        else
            target.Refuse();
        return target.ReadReply(record.Name);
    }
}

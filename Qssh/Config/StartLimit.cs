namespace Qssh.Config;

/// <summary>
/// MaxStartups <c>start:rate:full</c>: from <c>Start</c> connections in handshake, <c>Rate</c> percent are refused, rising to all at <c>Full</c>.
/// </summary>
internal sealed record StartLimit(int Start, int Rate, int Full)
{
    public static StartLimit Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 1)
        {
            int all = ConfigArguments.Number(text, 1, 100_000);
            return new StartLimit(all, 100, all);
        }

        if (parts.Length != 3)
            throw new ConfigValueException($"bad MaxStartups \"{text}\": start:rate:full.");
        StartLimit limit = new(
            ConfigArguments.Number(parts[0], 1, 100_000), ConfigArguments.Number(parts[1], 1, 100), ConfigArguments.Number(parts[2], 1, 100_000));
        return limit.Full >= limit.Start ? limit : throw new ConfigValueException($"bad MaxStartups \"{text}\": full is below start.");
    }

    /// <summary>Percentage to refuse with this many connections already in handshake.</summary>
    public int RefusePercent(int unauthenticated)
    {
        if (unauthenticated < Start)
            return 0;
        if (unauthenticated >= Full)
            return 100;
        return Rate + (100 - Rate) * (unauthenticated - Start) / (Full - Start);
    }

    public override string ToString() => $"{Start}:{Rate}:{Full}";
}

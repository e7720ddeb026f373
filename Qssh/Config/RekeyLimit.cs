namespace Qssh.Config;

/// <summary>When a full rekey starts. Null means the protocol's own default.</summary>
internal sealed record RekeyLimit(long? Bytes, TimeSpan? Time)
{
    /// <summary>Below this a connection would do little else than rekey.</summary>
    public const long MinimumBytes = 4096;

    public static RekeyLimit Default { get; } = new(null, null);

    /// <summary><c>size|default|none [time|none]</c>. "none" leaves the protocol's hard limits, which nothing lifts.</summary>
    public static RekeyLimit Parse(ConfigArguments arguments)
    {
        List<string> words = arguments.Many();
        if (words.Count > 2)
            throw new ConfigValueException($"extra arguments at end of line: \"{words[2]}\".");

        long? bytes = words[0].ToLowerInvariant() is "default" or "none" ? null : ConfigUnits.Size(words[0]);
        if (bytes is 0)
            bytes = null;
        if (bytes < MinimumBytes)
            throw new ConfigValueException($"RekeyLimit too small: at least {MinimumBytes} bytes.");
        TimeSpan? time = words.Count < 2 || words[1].Equals("none", StringComparison.OrdinalIgnoreCase) ? null : ConfigUnits.Time(words[1]);
        return new RekeyLimit(bytes, time == TimeSpan.Zero ? null : time);
    }

    public override string ToString() => $"{Bytes ?? 0} {(long)(Time?.TotalSeconds ?? 0)}";
}

namespace Qssh.Config;

/// <summary>PerSourceStartRate <c>rate:burst</c>: connections of one source per second in the long run, and at once.</summary>
internal sealed record StartRateLimit(int PerSecond, int Burst)
{
    public static StartRateLimit Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 2)
            throw new ConfigValueException($"bad PerSourceStartRate \"{text}\": rate:burst.");
        return new StartRateLimit(ConfigArguments.Number(parts[0], 1, 1_000_000), ConfigArguments.Number(parts[1], 1, 1_000_000));
    }

    public override string ToString() => $"{PerSecond}:{Burst}";
}

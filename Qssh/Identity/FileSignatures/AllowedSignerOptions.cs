namespace Qssh.Identity.FileSignatures;

/// <summary>
/// The options of one allowed signer. One that is unknown, malformed or given twice takes the whole line out of use: a limit that its
/// writer relied on is never dropped.
/// </summary>
internal sealed class AllowedSignerOptions
{
    public static AllowedSignerOptions None { get; } = new();

    /// <summary>The key is of an authority for certificates, which there are none of: the line allows nothing.</summary>
    public bool IsAuthority { get; private set; }

    /// <summary>Patterns of the namespaces that the key may sign in; null: any.</summary>
    public string? Namespaces { get; private set; }

    public DateTimeOffset? ValidAfter { get; private set; }

    public DateTimeOffset? ValidBefore { get; private set; }

    /// <returns>Null: refused for the reason in <paramref name="fault"/>.</returns>
    public static AllowedSignerOptions? Parse(IReadOnlyList<(string Name, string? Value)> words, out string? fault)
    {
        AllowedSignerOptions options = new();
        fault = null;
        foreach ((string name, string? value) in words)
        {
            fault = options.Apply(name.ToLowerInvariant(), value);
            if (fault is not null)
                return null;
        }

        if (options.ValidBefore <= options.ValidAfter)
            fault = "\"valid-before\" is not later than \"valid-after\"";
        return fault is null ? options : null;
    }

    /// <summary>Why the key does not count at that time; null: it does. Both ends belong to the time.</summary>
    public string? Refusal(DateTimeOffset time)
    {
        if (time < ValidAfter)
            return $"key is not yet valid: verify time {KeyTime.Show(time)} < valid-after {KeyTime.Show(ValidAfter.Value)}";
        if (time > ValidBefore)
            return $"key has expired: verify time {KeyTime.Show(time)} > valid-before {KeyTime.Show(ValidBefore.Value)}";
        return null;
    }

    private string? Apply(string name, string? value)
    {
        switch (name)
        {
            case "cert-authority" when value is null:
                IsAuthority = true;
                return null;
            case "namespaces" when value is not null:
                if (Namespaces is not null)
                    return Twice(name);
                Namespaces = value;
                return null;
            case "valid-after" when value is not null:
                if (ValidAfter is not null)
                    return Twice(name);
                return (ValidAfter = KeyTime.TryParse(value)) is null ? NoTime(name) : null;
            case "valid-before" when value is not null:
                if (ValidBefore is not null)
                    return Twice(name);
                return (ValidBefore = KeyTime.TryParse(value)) is null ? NoTime(name) : null;
            default:
                return KeyOptionParser.UnknownOption(name);
        }
    }

    private static string Twice(string name) => $"option \"{name}\" is given twice";

    private static string NoTime(string name) => $"option \"{name}\" is not {KeyTime.Syntax}";
}

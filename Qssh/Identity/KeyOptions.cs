using System.Net;

namespace Qssh.Identity;

/// <summary>The options of one authorized key, understood.</summary>
internal sealed class KeyOptions
{
    public static KeyOptions None { get; } = new();

    public Capabilities Capabilities { get; init; } = Capabilities.Unrestricted;

    /// <summary>Set in the session only where the server's configuration lets users set their environment.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Null: from anywhere.</summary>
    public AddressPatterns? From { get; init; }

    /// <summary>Null: never expires.</summary>
    public DateTimeOffset? Expiry { get; init; }

    /// <summary>Why the key may not be used from there and now; null: it may.</summary>
    public string? Refusal(IPAddress? from, DateTimeOffset now)
    {
        if (Expiry is { } expiry && now >= expiry)
            return $"the key expired at {expiry.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
        if (From is not null && (from is null || !From.Matches(from)))
            return "the key may not be used from this address";
        return null;
    }
}

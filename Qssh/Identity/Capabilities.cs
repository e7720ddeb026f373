namespace Qssh.Identity;

/// <summary>What a login may do. Each is off unless granted.</summary>
[Flags]
internal enum Permissions : ushort
{
    None = 0,
    Pty = 1,
    PortForwarding = 2,
    AgentForwarding = 4,
    X11Forwarding = 8,
    UserRc = 16,
    Tunnel = 32,

    /// <summary>What a key without options grants. Tunnel devices need a grant of their own.</summary>
    Unrestricted = Pty | PortForwarding | AgentForwarding | X11Forwarding | UserRc,
}

/// <summary>
/// The limits of one credential, or of several combined: the intersection counts. The default value grants nothing.
/// </summary>
internal sealed record Capabilities
{
    public static Capabilities Nothing { get; } = new();

    public static Capabilities Unrestricted { get; } = new() { Permissions = Permissions.Unrestricted };

    public Permissions Permissions { get; init; }

    /// <summary>Runs instead of what the client asks for; null: free.</summary>
    public string? ForcedCommand { get; init; }

    /// <summary>Two methods force different commands: nothing may run.</summary>
    public bool IsContradictory { get; init; }

    /// <summary>Targets of local forwarding as <c>host:port</c>; null: any.</summary>
    public IReadOnlyList<string>? PermitOpen { get; init; }

    /// <summary>Listeners of remote forwarding as <c>host:port</c>; null: any.</summary>
    public IReadOnlyList<string>? PermitListen { get; init; }

    public bool Allows(Permissions wanted) => !IsContradictory && (Permissions & wanted) == wanted;

    public Capabilities Intersect(Capabilities other) => new()
    {
        Permissions = Permissions & other.Permissions,
        ForcedCommand = ForcedCommand ?? other.ForcedCommand,
        IsContradictory = IsContradictory || other.IsContradictory
            || (ForcedCommand is not null && other.ForcedCommand is not null && ForcedCommand != other.ForcedCommand),
        PermitOpen = Intersect(PermitOpen, other.PermitOpen),
        PermitListen = Intersect(PermitListen, other.PermitListen),
    };

    private static IReadOnlyList<string>? Intersect(IReadOnlyList<string>? left, IReadOnlyList<string>? right)
    {
        if (left is null || right is null)
            return left ?? right;
        List<string> both = new(left), second = new(right);
        both.RemoveAll(item => !second.Contains(item));
        return both;
    }
}

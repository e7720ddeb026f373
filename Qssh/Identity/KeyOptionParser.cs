namespace Qssh.Identity;

/// <summary>
/// Understands the options of an authorized key. An option that is unknown, malformed, given twice, or that restricts in a way that
/// is not enforced yet, denies the whole line: a limit that its writer relied on is never dropped.
/// </summary>
internal sealed class KeyOptionParser
{
    private static readonly (string Name, Permissions Permission)[] s_permissions =
    [
        ("pty", Permissions.Pty), ("port-forwarding", Permissions.PortForwarding), ("agent-forwarding", Permissions.AgentForwarding),
        ("x11-forwarding", Permissions.X11Forwarding), ("user-rc", Permissions.UserRc),
    ];

    private readonly List<KeyValuePair<string, string>> _environment = [];
    private readonly List<string> _permitOpen = [];
    private readonly List<string> _permitListen = [];
    private Permissions _permissions = Permissions.Unrestricted;
    private string? _command;
    private AddressPatterns? _from;
    private DateTimeOffset? _expiry;

    /// <returns>Null: the line is denied, for the reason in <paramref name="fault"/>.</returns>
    public static KeyOptions? Parse(IReadOnlyList<(string Name, string? Value)> options, out string? fault)
    {
        KeyOptionParser parser = new();
        foreach ((string name, string? value) in options)
        {
            fault = parser.Apply(name.ToLowerInvariant(), value);
            if (fault is not null)
                return null;
        }

        fault = null;
        return parser.Result();
    }

    private KeyOptions Result() => new()
    {
        Capabilities = new Capabilities
        {
            Permissions = _permissions,
            ForcedCommand = _command,
            PermitOpen = _permitOpen.Count > 0 ? _permitOpen : null,
            PermitListen = _permitListen.Count > 0 ? _permitListen : null,
        },
        Environment = _environment,
        From = _from,
        Expiry = _expiry,
    };

    private string? Apply(string name, string? value)
    {
        if (value is null)
            return Flag(name);
        return name switch
        {
            "command" => Command(value),
            "environment" => Environment(value),
            "from" => From(value),
            "expiry-time" => ExpiryTime(value),
            "permitopen" => Forward(_permitOpen, value, hostRequired: true) ? null : "permitopen is not host:port",
            "permitlisten" => Forward(_permitListen, value, hostRequired: false) ? null : "permitlisten is not [host:]port",
            "principals" or "tunnel" => $"option \"{name}\" is not supported in this version",
            _ => UnknownOption(name),
        };
    }

    private string? Flag(string name)
    {
        bool negated = name.StartsWith("no-", StringComparison.Ordinal);
        foreach ((string candidate, Permissions permission) in s_permissions)
        {
            if (!name.AsSpan(negated ? 3 : 0).SequenceEqual(candidate))
                continue;
            _permissions = negated ? _permissions & ~permission : _permissions | permission;
            return null;
        }

        switch (name)
        {
            case "restrict":
                _permissions = Permissions.None;
                return null;
            case "no-touch-required":
                return null;
            case "cert-authority":
            case "verify-required":
                return $"option \"{name}\" is not supported in this version";
            default:
                return UnknownOption(name);
        }
    }

    private string? Command(string value)
    {
        if (_command is not null)
            return "option \"command\" is given twice";
        if (value.AsSpan().IndexOfAny('\0', '\n', '\r') >= 0)
            return "the forced command contains control characters";
        _command = value;
        return null;
    }

    private string? Environment(string value)
    {
        int equals = value.IndexOf('=');
        if (equals < 1 || value.Contains('\0'))
            return "option \"environment\" is not NAME=value";
        string name = value[..equals];
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return "option \"environment\" has an invalid name";
        }

        // The first of a name counts, as for every option that can be given once.
        if (!_environment.Exists(pair => pair.Key == name))
            _environment.Add(new(name, value[(equals + 1)..]));
        return null;
    }

    private string? From(string value)
    {
        if (_from is not null)
            return "option \"from\" is given twice";
        _from = AddressPatterns.TryParse(value);
        return _from is null ? "option \"from\" is not a list of addresses and networks" : null;
    }

    /// <summary>Of several the earliest counts.</summary>
    private string? ExpiryTime(string value)
    {
        if (KeyTime.TryParse(value) is not { } time)
            return "option \"expiry-time\" is not YYYYMMDD[HHMM[SS]][Z]";
        if (_expiry is null || time < _expiry)
            _expiry = time;
        return null;
    }

    /// <summary>The port is <c>*</c> or 1 to 65535 and nothing that a wrapped number could turn into "any".</summary>
    private static bool Forward(List<string> list, string value, bool hostRequired)
    {
        int colon = value.LastIndexOf(':');
        ReadOnlySpan<char> port = value.AsSpan(colon + 1);
        bool portIsValid = port is "*"
            || (port.Length is > 0 and <= 5 && port.IndexOfAnyExceptInRange('0', '9') < 0 && int.Parse(port) is >= 1 and <= 65535);
        if (!portIsValid || (colon <= 0 && (hostRequired || colon == 0)))
            return false;
        list.Add(value);
        return true;
    }

    public static string UnknownOption(string name) =>
        name.Length <= 64 && name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-@._") < 0
            ? $"option \"{name}\" is unknown"
            : "an option is unknown";
}

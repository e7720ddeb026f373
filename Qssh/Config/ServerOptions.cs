namespace Qssh.Config;

/// <summary>Everything the server is told, typed, each with its default. Keywords are in <see cref="ServerKeywords"/>.</summary>
internal sealed class ServerOptions
{
    // Where it listens. Lists grow with every line; empty means the default.
    public List<int> Ports { get; } = [];
    public List<ListenAddress> ListenAddresses { get; } = [];
    public Setting<AddressFamily> AddressFamily { get; } = new(Config.AddressFamily.Any);
    public Setting<string> PidFile { get; } = new("");

    // Who it is, and what it speaks.
    public List<string> HostKeys { get; } = [];
    public Setting<int> Tier { get; } = new(TierName.Hardened);
    public Setting<int> MinTier { get; } = new(TierName.Lowest);
    public Setting<AlgorithmList> Ciphers { get; } = new(AlgorithmList.Default);

    public Setting<AlgorithmList> Suites { get; } = new(AlgorithmList.Default);
    public Setting<AlgorithmList> HostKeyAlgorithms { get; } = new(AlgorithmList.Default);
    public Setting<RekeyLimit> RekeyLimit { get; } = new(Config.RekeyLimit.Default);

    // Who may log in.
    public Setting<bool> PubkeyAuthentication { get; } = new(true);
    public Setting<AlgorithmList> PubkeyAcceptedAlgorithms { get; } = new(AlgorithmList.Default);
    public Setting<IReadOnlyList<string>> AuthorizedKeysFile { get; } = new([".qssh/authorized_keys"]);
    public Setting<string> AuthorizedKeysCommand { get; } = new("");
    public Setting<string> AuthorizedKeysCommandUser { get; } = new("");
    public Setting<bool> StrictModes { get; } = new(true);
    public Setting<RootLogin> PermitRootLogin { get; } = new(RootLogin.ProhibitPassword);
    public List<string> AllowUsers { get; } = [];
    public List<string> DenyUsers { get; } = [];
    public List<string> AllowGroups { get; } = [];
    public List<string> DenyGroups { get; } = [];
    public Setting<string> Banner { get; } = new("");

    // What a session may do.
    public List<string> AcceptEnv { get; } = [];

    /// <summary>What programs rely on and no shell or loader obeys: language, colours, and the version of git's protocol.</summary>
    public static IReadOnlyList<string> UsualEnvironment { get; } = ["LANG", "LC_*", "COLORTERM", "NO_COLOR", "GIT_PROTOCOL"];

    /// <summary>As configured, or the usual ones.</summary>
    public IReadOnlyList<string> AcceptedEnvironment => AcceptEnv.Count > 0 ? AcceptEnv : UsualEnvironment;
    public Setting<IReadOnlyList<KeyValuePair<string, string>>> SetEnv { get; } = new([]);
    public Setting<bool> PermitTty { get; } = new(true);
    public Setting<bool> Compression { get; } = new(true);
    public Setting<string> ForceCommand { get; } = new("");
    public Dictionary<string, string> Subsystems { get; } = new(StringComparer.Ordinal);
    public Setting<bool> PrintMotd { get; } = new(true);

    // Limits.
    public Setting<TimeSpan> LoginGraceTime { get; } = new(TimeSpan.FromSeconds(120));
    public Setting<int> MaxAuthTries { get; } = new(6);
    public Setting<int> MaxSessions { get; } = new(10);
    public Setting<StartLimit> MaxStartups { get; } = new(new StartLimit(10, 30, 100));
    public Setting<int> MaxConnections { get; } = new(100);
    public Setting<int> PerSourceMaxConnections { get; } = new(50);
    public Setting<NetworkBlock> PerSourceNetBlockSize { get; } = new(new NetworkBlock(32, 64));
    public Setting<StartRateLimit> PerSourceStartRate { get; } = new(new StartRateLimit(200, 400));
    public Setting<TimeSpan> ClientAliveInterval { get; } = new(TimeSpan.FromSeconds(30));
    public Setting<int> ClientAliveCountMax { get; } = new(4);
    public Setting<TrafficClasses> IpQos { get; } = new(default);

    public Setting<bool> TcpKeepAlive { get; } = new(true);

    // What it tells.
    public Setting<LogVerbosity> LogLevel { get; } = new(LogVerbosity.Info);

    public Setting<SyslogFacility> SyslogFacility { get; } = new(Config.SyslogFacility.Auth);

    /// <summary>Log lines as JSON objects instead of text.</summary>
    public Setting<bool> LogJson { get; } = new(false);

    /// <summary>Whole addresses in the log; otherwise the host part is masked.</summary>
    public Setting<bool> LogFullAddresses { get; } = new(false);

    /// <summary>What a subsystem runs; null: there is none of that name. Files are served unless that is configured otherwise.</summary>
    public string? SubsystemCommand(string name)
    {
        string? command = Subsystems.GetValueOrDefault(name) ?? (name == "sftp" ? "internal-sftp" : null);
        return command is null || ConfigParse.IsNone(command) ? null : command;
    }

    /// <summary>Every address and port to listen on. An empty host is the wildcard of both families that AddressFamily allows.</summary>
    public IReadOnlyList<ListenAddress> Listeners()
    {
        IReadOnlyList<int> ports = Ports.Count > 0 ? Ports : [ClientOptions.DefaultPort];
        IReadOnlyList<ListenAddress> addresses = ListenAddresses.Count > 0 ? ListenAddresses : [new ListenAddress("", null)];
        List<ListenAddress> result = [];
        foreach (ListenAddress address in addresses)
        {
            foreach (int port in address.Port is { } own ? [own] : ports)
            {
                ListenAddress listener = new(address.Host, port);
                if (!result.Contains(listener))
                    result.Add(listener);
            }
        }

        return result;
    }
}

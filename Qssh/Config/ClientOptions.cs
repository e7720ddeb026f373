namespace Qssh.Config;

/// <summary>Everything a client session is told, typed, each with its default. Keywords are in <see cref="ClientKeywords"/>.</summary>
internal sealed class ClientOptions
{
    public const int DefaultPort = 22222;

    // Where to.
    public Setting<string> HostName { get; } = new("");
    public Setting<int> Port { get; } = new(DefaultPort);
    public Setting<string> User { get; } = new("");
    public Setting<AddressFamily> AddressFamily { get; } = new(Config.AddressFamily.Any);
    public Setting<string> BindAddress { get; } = new("");
    public Setting<string> BindInterface { get; } = new("");
    public Setting<string> ProxyCommand { get; } = new("");
    public Setting<string> ProxyJump { get; } = new("");
    public Setting<bool> ProxyUseFdpass { get; } = new(false);
    public Setting<string> RefuseConnection { get; } = new("");
    public Setting<Canonicalization> CanonicalizeHostname { get; } = new(Canonicalization.No);
    public Setting<IReadOnlyList<string>> CanonicalDomains { get; } = new([]);
    public Setting<int> CanonicalizeMaxDots { get; } = new(1);
    public Setting<bool> CanonicalizeFallbackLocal { get; } = new(true);
    public Setting<TimeSpan?> ConnectTimeout { get; } = new(null);
    public Setting<int> ConnectionAttempts { get; } = new(1);
    public Setting<TrafficClasses> IpQos { get; } = new(default);

    public Setting<bool> TcpKeepAlive { get; } = new(true);
    public Setting<TimeSpan> ServerAliveInterval { get; } = new(TimeSpan.Zero);
    public Setting<int> ServerAliveCountMax { get; } = new(3);
    public Setting<string> Tag { get; } = new("");
    public Setting<bool> EnableMatchExec { get; } = new(false);

    // Whom to trust.
    public Setting<HostKeyChecking> StrictHostKeyChecking { get; } = new(HostKeyChecking.Ask);
    public Setting<IReadOnlyList<string>> UserKnownHostsFile { get; } = new(["~/.qssh/known_hosts"]);
    public Setting<IReadOnlyList<string>> GlobalKnownHostsFile { get; } = new(["/etc/qssh/known_hosts"]);
    public Setting<string> KnownHostsCommand { get; } = new("");
    public Setting<string> RevokedHostKeys { get; } = new("");
    public Setting<bool> HashKnownHosts { get; } = new(false);
    public Setting<string> HostKeyAlias { get; } = new("");
    public Setting<bool> CheckHostIp { get; } = new(false);
    public Setting<bool> VisualHostKey { get; } = new(false);
    /// <summary>The default holds while UserKnownHostsFile has its own; else it is no.</summary>
    public Setting<HostKeyUpdates> UpdateHostKeys { get; } = new(HostKeyUpdates.Yes);

    public HostKeyUpdates EffectiveHostKeyUpdates => UpdateHostKeys.IsSet || !UserKnownHostsFile.IsSet ? UpdateHostKeys.Value : HostKeyUpdates.No;

    public Setting<AlgorithmList> HostKeyAlgorithms { get; } = new(AlgorithmList.Default);

    // Who one is. The list grows with every line, in order; empty means the default files.
    public List<string> IdentityFiles { get; } = [];
    public Setting<bool> IdentitiesOnly { get; } = new(false);
    public Setting<AlgorithmList> PubkeyAcceptedAlgorithms { get; } = new(AlgorithmList.Default);
    public Setting<string[]> PreferredAuthentications { get; } = new(["publickey", "password"]);
    public Setting<bool> PubkeyAuthentication { get; } = new(true);
    public Setting<bool> PasswordAuthentication { get; } = new(true);
    public Setting<int> NumberOfPasswordPrompts { get; } = new(3);
    public Setting<bool> BatchMode { get; } = new(false);

    // What runs.
    public Setting<TtyRequest> RequestTty { get; } = new(TtyRequest.Auto);
    public Setting<string> RemoteCommand { get; } = new("");
    public Setting<SessionKind> SessionType { get; } = new(SessionKind.Default);
    public List<string> SendEnv { get; } = [];
    public Setting<IReadOnlyList<KeyValuePair<string, string>>> SetEnv { get; } = new([]);
    public Setting<char?> EscapeChar { get; } = new('~');
    public Setting<bool> StdinNull { get; } = new(false);
    public Setting<string> LocalCommand { get; } = new("");
    public Setting<bool> PermitLocalCommand { get; } = new(false);

    // What is to be forwarded, as written: keyword and value.
    public List<string> Forwards { get; } = [];
    public Setting<bool> ClearAllForwardings { get; } = new(false);
    public Setting<bool> ExitOnForwardFailure { get; } = new(false);
    public Setting<bool> ForkAfterAuthentication { get; } = new(false);

    // The protocol.
    public Setting<int> Tier { get; } = new(TierName.Hardened);
    public Setting<int> MinTier { get; } = new(TierName.Lowest);
    public Setting<AlgorithmList> Ciphers { get; } = new(AlgorithmList.Default);

    public Setting<AlgorithmList> Suites { get; } = new(AlgorithmList.Default);
    public Setting<RekeyLimit> RekeyLimit { get; } = new(Config.RekeyLimit.Default);
    public Setting<bool> Compression { get; } = new(false);

    /// <summary>Zero turns the obfuscation off.</summary>
    public Setting<TimeSpan> ObscureKeystrokeTiming { get; } = new(TimeSpan.FromMilliseconds(20));

    public Setting<LogVerbosity> LogLevel { get; } = new(LogVerbosity.Info);
    public Setting<SyslogFacility> SyslogFacility { get; } = new(Config.SyslogFacility.User);
    public Setting<IReadOnlyList<string>> IgnoreUnknown { get; } = new([]);
}

namespace Qssh.Tests.Config;

/// <summary>The keywords that must be understood.</summary>
internal static class KeywordNames
{
    public static readonly string[] Client = Split("""
        HostName Port User IdentityFile IdentitiesOnly StrictHostKeyChecking UserKnownHostsFile GlobalKnownHostsFile HashKnownHosts
        HostKeyAlias AddressFamily BindAddress ConnectTimeout ConnectionAttempts ServerAliveInterval ServerAliveCountMax TCPKeepAlive
        LogLevel BatchMode RequestTTY RemoteCommand SessionType SendEnv SetEnv EscapeChar RekeyLimit StdinNull ForkAfterAuthentication
        Tier MinTier MinimumTier Suites HostKeyAlgorithms PubkeyAcceptedAlgorithms PreferredAuthentications PubkeyAuthentication
        ObscureKeystrokeTiming SyslogFacility KnownHostsCommand IgnoreUnknown Compression CheckHostIP PasswordAuthentication NumberOfPasswordPrompts VisualHostKey Tag
        """);

    public static readonly string[] Server = Split("""
        Port ListenAddress HostKey AuthorizedKeysFile AuthorizedKeysCommand AuthorizedKeysCommandUser StrictModes SyslogFacility AllowUsers DenyUsers AllowGroups DenyGroups PermitRootLogin
        PubkeyAuthentication AcceptEnv SetEnv PermitTTY MaxAuthTries MaxSessions MaxStartups MaxConnections PerSourceMaxConnections
        PerSourceNetBlockSize PerSourceStartRate LogFormat LoginGraceTime ClientAliveInterval ClientAliveCountMax TCPKeepAlive LogLevel LogAddresses PidFile Banner
        Tier MinTier Suites RekeyLimit ForceCommand Subsystem PrintMotd UsePAM Compression
        """);

    private static string[] Split(string names) => names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

namespace Qssh.Config;

/// <summary>Help of the server's keywords. Apart from <see cref="ServerKeywords"/>, so that a server does not carry it through its start.</summary>
internal static class ServerKeywordHelp
{
    public static KeywordGroup[] Groups() => [Listening(), Protocol(), Login(), Sessions(), Limits(), Log(), Spellings()];

    private static KeywordGroup Listening() => new(
        "LISTENING",
        new("Port", "number", "Listen on this port. May be given several times."),
        new("ListenAddress", "host[:port]", "Listen here: host, host:port or [ipv6]:port. May be given several times.", "all addresses of the machine"),
        new("AddressFamily", "any|inet|inet6", "Families to listen on where ListenAddress does not decide."),
        new("PidFile", "file|none", "Where the process id is written."));

    private static KeywordGroup Protocol() => new(
        "IDENTITY AND PROTOCOL",
        new(
            "HostKey",
            "file",
            "A private host key. May be given several times, once for each type; one that is missing is made, of the type that its name ends in (host_mldsa87), else falcon512.",
            "/etc/qssh/host_falcon512, host_mldsa65 and host_slhdsa-shake-128s, made on first start; without root in ~/.qssh"),
        new("HostKeyAlgorithms", "list", "Types of host keys that are used, most wanted first. See ALGORITHM LISTS.", "all that there are keys of"),
        new(
            "Ciphers",
            "list",
            "Ciphers of the suites that are used: aes256-gcm and chacha20-poly1305, also under OpenSSH's names. A client without instructions for AES gets the second. See ALGORITHM LISTS.",
            "both, first the one that this CPU has instructions for"),
        new("Suites", "list", "Suites in order of preference; qssh -Q suite lists them. See ALGORITHM LISTS.", "all that fit the host keys"),
        new("Tier", "tier", "The highest security tier that is spoken. See TIERS."),
        new("MinTier", "tier", "The lowest security tier that is spoken. See TIERS."),
        new(
            "RekeyLimit",
            "size|default|none [time|none]",
            "Agree on new keys after so many bytes both ways together, or after this time. The protocol's own limits hold in any case; own rekeys are at most 7 in 60 s.",
            "64G 1h"));

    private static KeywordGroup Login() => new(
        "WHO MAY LOG IN",
        new("PubkeyAuthentication", "yes|no", "Log in by public key, the only way in this version."),
        new("PubkeyAcceptedAlgorithms", "list", "Types of user keys that are accepted. See ALGORITHM LISTS.", "all that are built in"),
        new(
            "AuthorizedKeysFile",
            "file ...|none",
            "Files with the keys of an account: %h is its home, %u its name, %U its number, %% a percent sign. A path that is not absolute starts at the home."),
        new(
            "AuthorizedKeysCommand",
            "program [argument ...]|none",
            "A program that prints lines as in AuthorizedKeysFile; asked for existing users whose key is not in the files. It is named by absolute path, must belong to root "
            + "(or the user that the server runs as) like the directories above it, and be writable by nobody else. Run without a shell, as AuthorizedKeysCommandUser. "
            + "Tokens: %u name, %U number and %h home of the user, %k key in base64, %t its type, %f its fingerprint, %C addresses and ports of the connection, %% a percent sign; "
            + "without any argument it gets the name. More than 10 seconds, more than 1 MiB, or a status other than 0: no keys. An answer that takes long shows that the user exists."),
        new("AuthorizedKeysCommandUser", "name", "Who runs AuthorizedKeysCommand, best an account for nothing else. Needed with it."),
        new("StrictModes", "yes|no", "Refuse authorized keys in files or directories that others can write to."),
        new(
            "PermitRootLogin",
            "yes|no|prohibit-password|forced-commands-only",
            "Whether root may log in; with forced-commands-only, where a key or the configuration forces a command."),
        new("AllowUsers", "pattern ...", "Only these users, as name or name@address with patterns or a network as address. Several lines add up.", "everybody"),
        new("DenyUsers", "pattern ...", "Not these users, written as for AllowUsers.", "nobody"),
        new("AllowGroups", "pattern ...", "Only users with one of these groups.", "every group"),
        new("DenyGroups", "pattern ...", "No user with one of these groups.", "no group"),
        new("Banner", "file|none", "Shown to everybody before login; the first 2048 bytes."));

    private static KeywordGroup Sessions() => new(
        "SESSIONS",
        new("AcceptEnv", "pattern ...", "Variables that a client may set. Those that change how programs are loaded or shells start are never taken.", "LANG LC_* COLORTERM NO_COLOR GIT_PROTOCOL"),
        new("SetEnv", "NAME=value ...", "Variables of every session; they win over those of the client.", "none"),
        new("PermitTTY", "yes|no", "Whether a session may have a terminal."),
        new("ForceCommand", "command|none", "Run this instead of what the client asks for, which is in QSSH_ORIGINAL_COMMAND."),
        new(
            "Subsystem",
            "name command",
            "What a subsystem runs, through the user's shell; internal-sftp is the built-in server of files with the options of qssh-sftp-server(8), none is no such subsystem. "
            + "May be given several times. ForceCommand internal-sftp lets a user move files and do nothing else.",
            "sftp internal-sftp"),
        new(
            "Compression",
            "yes|no",
            "Whether a client that asks for it gets its session packed, by zstd or zlib, and may pack what it sends; always after login. delayed is the same as yes."),
        new("PrintMotd", "yes|no", "Show /etc/motd at the start of a shell with a terminal."),
        new("UsePAM", "no", "Only no: a static program cannot load PAM modules.", "no"));

    private static KeywordGroup Limits() => new(
        "LIMITS",
        new("LoginGraceTime", "time", "Time from accept in which a client must have logged in, at most 120 seconds; 0 is the same."),
        new("MaxAuthTries", "number", "Keys that a client may try on one connection, at most 6."),
        new("MaxSessions", "number", "Channels open at the same time on one connection."),
        new(
            "MaxStartups",
            "start:rate:full",
            "From start connections that have not logged in, every client has to answer a cookie first. At full, the oldest one of the source that holds most makes room. "
            + "The rate is accepted and has no effect: nobody is dropped at random."),
        new("MaxConnections", "number", "Connections at the same time, logged in or not."),
        new("PerSourceMaxConnections", "number|none", "The same from one source network."),
        new("PerSourceNetBlockSize", "ipv4[:ipv6]", "Bits of an address that make a source network."),
        new("PerSourceStartRate", "rate:burst", "New connections from one source network: per second in the long run, and at once."),
        new(
            "ClientAliveInterval",
            "time",
            "Ask a client that has been silent for so long whether it is there; 0 does not ask. In a session with a terminal, keystroke cover keeps the line from being silent."),
        new("ClientAliveCountMax", "number", "Questions without an answer that end the connection."),
        new("IPQoS", "class [class]", "Class of traffic for sessions with a terminal, and for all others: af11 to af43, cs0 to cs7, ef, le, lowdelay, throughput, a number, or none for the system's.", "none none"),
        new("TCPKeepAlive", "yes|no", "Keep-alive of TCP as well."));

    private static KeywordGroup Log() => new(
        "LOG",
        new("LogLevel", "level", "QUIET, FATAL, ERROR, INFO, VERBOSE, DEBUG, DEBUG1, DEBUG2 or DEBUG3."),
        new("SyslogFacility", "facility", "USER, DAEMON, AUTH, AUTHPRIV or LOCAL0 to LOCAL7: where lines go in the system's log, which is used in the background (-d) and without standard error, unless -e or -E says otherwise."),
        new("LogFormat", "text|json", "Lines for people, or one JSON object a line."),
        new("LogAddresses", "full|masked", "Whole addresses in the log, or without the host part: networks of /24 and /48."));

    private static KeywordGroup Spellings() => new(
        "OTHER SPELLINGS",
        new("MinimumTier", "tier", "MinTier."),
        new("PerSourceMaxStartups", "number|none", "PerSourceMaxConnections."),
        new("PubkeyAcceptedKeyTypes", "list", "PubkeyAcceptedAlgorithms."),
        new("KeepAlive", "yes|no", "TCPKeepAlive."));
}

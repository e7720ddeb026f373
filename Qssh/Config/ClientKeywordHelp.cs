namespace Qssh.Config;

/// <summary>Help of the client's keywords. Apart from <see cref="ClientKeywords"/>, so that a client does not carry it through its start.</summary>
internal static class ClientKeywordHelp
{
    public static KeywordGroup[] Groups() => [Connection(), Trust(), Login(), Sessions(), Protocol(), Output(), Spellings()];

    private static KeywordGroup Connection() => new(
        "CONNECTION",
        new("HostName", "name", "The name or address to connect to; %h is the name on the command line.", "the name on the command line"),
        new("Port", "number", "Port of the server."),
        new("User", "name", "Account on the server.", "the local user's name"),
        new("AddressFamily", "any|inet|inet6", "Families of addresses to try."),
        new("BindAddress", "address", "Connect from this local address, a number.", "what the system chooses"),
        new("BindInterface", "interface", "Connect from this network interface.", "what the system chooses"),
        new("CanonicalizeHostname", "no|yes|always", "Look a short name up in CanonicalDomains, go on with the full one, and read the configuration once more for it. yes: not where a proxy connects."),
        new("CanonicalDomains", "domain ...|none", "Domains to look a short name up in, in this order."),
        new("CanonicalizeMaxDots", "number", "More dots make a name full."),
        new("CanonicalizeFallbackLocal", "yes|no", "Use the name as it is where no domain has it, instead of giving up."),
        new(
            "ProxyCommand",
            "command|none",
            "Connect through the standard input and output of this command, which the user's shell executes, such as 'nc %h %p'. Tokens: %%, %h, %k, %n, %p and %r. "
            + "It ends with the connection. Of ProxyCommand and ProxyJump the first one counts, but a ProxyJump of none.",
            "none"),
        new("ProxyJump", "destination,...|none", "Connect through these hosts: not built in this version, and refused.", "none"),
        new("ProxyUseFdpass", "yes|no", "The proxy passes a connected socket: not built in this version, and refused with a ProxyCommand."),
        new("RefuseConnection", "text", "Do not connect, and say this instead.", "none"),
        new("ConnectTimeout", "time|none", "Time for connecting, and again for the handshake. With none, the handshake still ends after 120 seconds."),
        new("ConnectionAttempts", "number", "How often to try, one second apart."),
        new("IPQoS", "class [class]", "Class of traffic for sessions with a terminal, and for all others: af11 to af43, cs0 to cs7, ef, le, lowdelay, throughput, a number, or none for the system's.", "none none"),
        new("TCPKeepAlive", "yes|no", "Keep-alive of TCP."),
        new("ServerAliveInterval", "time", "Ask a server that has been silent for so long whether it is there; 0 does not ask."),
        new("ServerAliveCountMax", "number", "Questions without an answer that end the connection."),
        new("Tag", "name", "What 'Match tagged' compares.", "none"),
        new(
            "EnableMatchExec",
            "yes|no",
            "Let 'Match exec' run its commands in the files that follow. Without it such a block never counts, negated or not, and -v says so: a file from elsewhere runs nothing."));

    private static KeywordGroup Trust() => new(
        "WHOM TO TRUST",
        new(
            "StrictHostKeyChecking",
            "ask|yes|accept-new|no",
            "What happens to a host that is not known: ask a person, refuse, or store its key without a question (accept-new and no). A key that changed or is revoked is refused in any case."),
        new("UserKnownHostsFile", "file ...|none", "The user's files of known hosts; the first one takes new keys."),
        new("GlobalKnownHostsFile", "file ...|none", "The system's files of known hosts."),
        new(
            "KnownHostsCommand",
            "program [argument ...]|none",
            "A program, by absolute path, that prints more lines as in known_hosts; asked when the host has shown its key, and run without a shell. "
            + "Beside the tokens of TOKENS: %H the name that is looked up, %K key in base64, %t its type, %f its fingerprint, %I the word HOSTNAME. "
            + "More than 10 seconds, more than 1 MiB, or a status other than 0 ends the connection, as a revocation may be missing.",
            "none"),
        new(
            "UpdateHostKeys",
            "yes|no|ask",
            "Learn the other keys of a known host inside the session, each after it has proved to have it, and forget those that it has no more; ask: after the session, with a question. "
            + "Only for a host whose key is in a UserKnownHostsFile under its own name, not by a pattern or with a marker, or was just confirmed.",
            "yes, but no where UserKnownHostsFile is set"),
        new("RevokedHostKeys", "file|none", "Public keys, one a line, that no host may show any more; a file that cannot be read trusts no host.", "none"),
        new("HashKnownHosts", "yes|no", "Hide names when keys are stored."),
        new("HostKeyAlias", "name", "Look keys up under this name.", "the name connected to"),
        new(
            "CheckHostIP",
            "yes|no",
            "Keep the key of the address behind a name in known_hosts as well, and compare it: where it differs, StrictHostKeyChecking yes and ask refuse, else it is told."),
        new("VisualHostKey", "yes|no", "Show the host key as a picture at each login, so that a change is noticed."),
        new(
            "HostKeyAlgorithms",
            "list",
            "Types of host keys to offer, most wanted first. For a host that is known by other types than the first one, only those it is known by are offered, unless the list says what comes first. See ALGORITHM LISTS.",
            "all that are built in"));

    private static KeywordGroup Login() => new(
        "LOGIN",
        new("IdentityFile", "file", "A private key to log in with. May be given several times, tried in order; none: no key."),
        new("IdentitiesOnly", "yes|no", "Accepted: only files of IdentityFile or the default files are tried in any case."),
        new("PubkeyAuthentication", "yes|no", "Log in by public key, the only way in this version."),
        new("PubkeyAcceptedAlgorithms", "list", "Types of user keys to try. See ALGORITHM LISTS.", "all that are built in"),
        new("PreferredAuthentications", "list", "Accepted; publickey is the only method in this version."),
        new("PasswordAuthentication", "yes|no", "Accepted; passwords are not built in this version."),
        new("NumberOfPasswordPrompts", "number", "How often to ask for the passphrase of one key."),
        new("BatchMode", "yes|no", "Ask nobody anything."));

    private static KeywordGroup Sessions() => new(
        "SESSIONS",
        new("RequestTTY", "auto|no|yes|force", "Whether to ask for a terminal; auto: for a shell, if there is one here."),
        new("RemoteCommand", "command|none", "What to run when the command line names nothing.", "a shell"),
        new("SessionType", "default|none|subsystem", "Run a shell or command, nothing, or a subsystem."),
        new("SendEnv", "pattern ...", "Variables to send. With a leading - the pattern takes names out again.", "none"),
        new("SetEnv", "NAME=value ...", "Variables to send with these values.", "none"),
        new("EscapeChar", "char|^X|none", "Begins an escape at the start of a line, in a session with a terminal."),
        new("LocalCommand", "command|none", "Run this here by the user's shell after the login and before the session, if PermitLocalCommand says so. See TOKENS; %T is NONE.", "none"),
        new("PermitLocalCommand", "yes|no", "Whether LocalCommand is run."),
        new("LocalForward", "[address:]port host:port", "Not built in this version: told, and the session goes on without it.", "none"),
        new("RemoteForward", "[address:]port host:port", "Not built in this version, as LocalForward.", "none"),
        new("DynamicForward", "[address:]port", "Not built in this version, as LocalForward.", "none"),
        new("ClearAllForwardings", "yes|no", "Ask for no forward, whatever else is said."),
        new("ExitOnForwardFailure", "yes|no", "Give up where a forward that is asked for cannot be."),
        new("StdinNull", "yes|no", "Read nothing from standard input."),
        new("ForkAfterAuthentication", "yes|no", "Go to the background once logged in."));

    private static KeywordGroup Protocol() => new(
        "PROTOCOL",
        new("Tier", "tier", "The highest security tier to offer. See TIERS."),
        new("MinTier", "tier", "The lowest security tier to accept. See TIERS."),
        new(
            "Ciphers",
            "list",
            "Ciphers of the suites to offer: aes256-gcm and chacha20-poly1305, also under OpenSSH's names. A list that names only others stands for the default. See ALGORITHM LISTS.",
            "both, first the one that this CPU has instructions for"),
        new("Suites", "list", "Suites to offer; qssh -Q suite lists them. See ALGORITHM LISTS.", "all that are built in"),
        new(
            "RekeyLimit",
            "size|default|none [time|none]",
            "Agree on new keys after so many bytes both ways together, or after this time. The protocol's own limits hold in any case; own rekeys are at most 7 in 60 s.",
            "64G 1h"),
        new(
            "ObscureKeystrokeTiming",
            "yes|no|interval:milliseconds",
            "At T2 and up, in a session with a terminal, send keys on a grid of this interval and go on with fill after the last one, so that the times of packets do not tell those of keys."),
        new("Compression", "yes|no", "Pack what a session sends and receives, where the server allows it: zstd, or zlib. It pays on slow lines, and its sizes tell more about what is sent."));

    private static KeywordGroup Output() => new(
        "OUTPUT AND FILES",
        new("LogLevel", "level", "QUIET, FATAL, ERROR, INFO, VERBOSE, DEBUG, DEBUG1, DEBUG2 or DEBUG3."),
        new("SyslogFacility", "facility", "USER, DAEMON, AUTH, AUTHPRIV or LOCAL0 to LOCAL7: where lines go in the system's log with -y."),
        new("IgnoreUnknown", "pattern,...", "Unknown keywords that are no error in the lines that follow.", "none"));

    private static KeywordGroup Spellings() => new(
        "OTHER SPELLINGS",
        new("MinimumTier", "tier", "MinTier."),
        new("PubkeyAcceptedKeyTypes", "list", "PubkeyAcceptedAlgorithms."),
        new("KeepAlive", "yes|no", "TCPKeepAlive."));
}

using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary>The client: <c>qssh</c>, or <c>ssh</c> for the tools that ask for that name. Letters and their meaning are OpenSSH's.</summary>
[Command(
    "",
    "qssh",
    SshName = "ssh",
    Summary = "post-quantum secure shell client",
    Description = ClientManual.Description,
    Mode = OperandMode.Destination,
    UsageExitCode = 255)]
[ManSection("DESTINATION", ClientManual.Destination)]
[ManSection("ESCAPES", ClientManual.Escapes)]
[ManSection("FILES", ClientManual.Files)]
[ManSection("ENVIRONMENT", ClientManual.Environment)]
[ManSection("EXIT STATUS", ClientManual.ExitStatus)]
[ManSection("EXAMPLES", ClientManual.Examples)]
[ManSection("SEE ALSO", "qsshd(8), qssh_config(5), qssh-keygen(1), qssh-install(1), qssh-completion(1)")]
[SettingFlag('1', Help = "protocol version 1", NotYet = "protocol version 1 does not exist here")]
[SettingFlag('2', Help = "accepted for old scripts", Ignored = "there is one protocol only")]
[SettingFlag('4', "AddressFamily=inet", Help = "use IPv4 addresses only")]
[SettingFlag('6', "AddressFamily=inet6", Help = "use IPv6 addresses only")]
[SettingFlag('A', "ForwardAgent=yes", Help = "forward the key agent", Note = "agent forwarding arrives in a later version; going on without it")]
[SettingFlag('a', "ForwardAgent=no", Help = "do not forward the key agent")]
[SettingOption('B', "BindInterface", ValueName = "interface", Help = "connect from this network interface", Overrides = true)]
[SettingOption('b', "BindAddress", ValueName = "address", Help = "connect from this local address", Overrides = true)]
[SettingFlag('C', "Compression=yes", Help = "compress data")]
[SettingOption('D', "DynamicForward", ValueName = "[address:]port", Help = "listen here as a SOCKS proxy that connects from the remote host; not yet")]
[SettingOption('e', "EscapeChar", ValueName = "char", Help = "escape character: one character, ^X or none", Overrides = true)]
[SettingFlag('f', "StdinNull=yes", "ForkAfterAuthentication=yes", Help = "go to the background once logged in; implies -n")]
[SettingFlag('g', "GatewayPorts=yes", Help = "let other hosts use forwarded ports", Note = "port forwarding arrives in a later version")]
[SettingOption('I', "PKCS11Provider", ValueName = "module", Help = "take keys from a PKCS#11 token", NotYet = "PKCS#11 tokens arrive in a later version",
    Complete = Completion.File)]
[SettingOption('i', "IdentityFile", ValueName = "file", Help = "log in with this private key; may be given several times", Complete = Completion.File)]
[SettingOption('J', "ProxyJump", ValueName = "destination", Help = "connect through these hosts; not yet",
    Complete = Completion.Host)]
[SettingFlag('K', "GSSAPIAuthentication=yes", Help = "GSSAPI authentication", NotYet = "GSSAPI is not supported")]
[SettingFlag('k', "GSSAPIDelegateCredentials=no", Help = "do not forward GSSAPI credentials", Ignored = "GSSAPI is not supported")]
[SettingOption('L', "LocalForward", ValueName = "[address:]port:host:port", Help = "listen here and connect from the remote host; not yet")]
[SettingFlag('M', "ControlMaster=yes", Help = "share this connection", NotYet = "connection sharing arrives in a later version")]
[SettingOption('m', "MACs", ValueName = "list", Help = "accepted for old scripts", Ignored = "every cipher here authenticates by itself")]
[SettingFlag('N', "SessionType=none", "RequestTTY=no", Help = "run no command")]
[SettingFlag('n', "StdinNull=yes", Help = "read nothing from standard input")]
[SettingOption('O', "", ValueName = "request", Help = "ask a shared connection to: check, forward, cancel, exit, stop",
    NotYet = "connection sharing arrives in a later version", Values = "check forward cancel exit stop")]
[SettingOption('o', "", ValueName = "option", Help = "set a configuration keyword: Keyword=value or 'Keyword value'")]
[SettingOption('P', "Tag", ValueName = "tag", Help = "select configuration by 'Match tagged'")]
[SettingOption('p', "Port", ValueName = "port", Help = "connect to this port; 22222 unless the configuration says otherwise")]
[SettingOption('R', "RemoteForward", ValueName = "[address:]port:host:port", Help = "listen on the remote host and connect from here; not yet")]
[SettingOption('S', "ControlPath", ValueName = "path", Help = "socket of a shared connection, or none", Complete = Completion.File, Overrides = true)]
[SettingFlag('s', "SessionType=subsystem", Help = "the command names a subsystem, such as sftp")]
[SettingOption('W', "", ValueName = "host:port", Help = "join standard input and output to this address", NotYet = "forwarding arrives in a later version")]
[SettingOption('w', "TunnelDevice", ValueName = "local[:remote]", Help = "forward a tunnel device", NotYet = "tunnels arrive in a later version")]
[SettingFlag('X', "ForwardX11=yes", Help = "forward X11", Note = "X11 forwarding arrives in a later version; going on without it")]
[SettingFlag('x', "ForwardX11=no", Help = "do not forward X11")]
[SettingFlag('Y', "ForwardX11=yes", Help = "forward X11, trusted", Note = "X11 forwarding arrives in a later version; going on without it")]
[SettingFlag('Z', Help = "print the keys that would be tried", NotYet = "listing keys arrives in a later version")]
[SettingOption('\0', "Tier", Long = "tier", ValueName = "tier", Help = "ask for this security tier", Values = "T1 T2 auto")]
[SettingOption('\0', "MinTier", Long = "min-tier", ValueName = "tier", Help = "refuse less than this security tier", Values = "T1 T2")]
[SettingFlag('\0', Long = "persistent", Help = "reconnect after loss", NotYet = "persistent sessions arrive in a later version")]
[SettingOption('\0', "", Long = "max-retries", ValueName = "count", Help = "reconnect so many times", NotYet = "persistent sessions arrive in a later version")]
[SettingFlag('\0', Long = "qkd", Help = "mix in a key from quantum key distribution", NotYet = "quantum sources arrive in a later version")]
[SettingOption('\0', "", Long = "pq-algo", ValueName = "name", Help = "use this key exchange", NotYet = "choosing one arrives in a later version; see -o Suites")]
[SettingFlag('\0', Long = "explain", Help = "say which rule, key, tier and limit decides", NotYet = "it arrives in a later version; -G and -v show most of it")]
internal sealed partial class ClientCommand : Command
{
    private int _verbosity;

    [Operand("destination", Help = "[user@]host, [user@]host:port, [user@][ipv6]:port or qssh://[user@]host[:port]", Complete = Completion.Host)]
    private string Where
    {
        set
        {
            // In this order, so that what came first on the command line wins over the destination, as in OpenSSH.
            Destination = Destination.Parse(value);
            if (Destination.User != null)
                AddSetting("User", Destination.User, overrides: false);
            if (Destination.Port is { } port)
                AddSetting("Port", port.ToString(), overrides: false);
        }
    }

    [RestOperands("command", Help = "run this on the remote host instead of a shell; the words are joined by single spaces")]
    private List<string>? Words { get; set; }

    [Option('c', ValueName = "cipher|command", Help = "a list of ciphers, or else the remote command; --command is never a cipher")]
    private string? CipherOrCommand { get; set; }

    [Option(Long = "command", ValueName = "command", Help = "the remote command, as one word")]
    private string? CommandOption { get; set; }

    [Option('l', ValueName = "user", Help = "log in as this user", Complete = Completion.User)]
    private string LoginName
    {
        set => AddSetting("User", Destination.RequireUser(value), overrides: false);
    }

    [Flag('T', Help = "allocate no terminal")]
    private bool WithoutTerminal
    {
        set => Terminal = "no";
    }

    /// <summary>Value of RequestTTY that the last of -t and -T asked for.</summary>
    private string? Terminal { get; set; }

    [Flag('t', Counted = true, Help = "allocate a terminal; twice: even without a local one")]
    private int WithTerminal
    {
        get => Terminal is "yes" or "force" ? 1 : 0;
        set => Terminal = value > 1 ? "force" : "yes";
    }

    /// <summary>-E: where log lines go instead of standard error.</summary>
    [Option('E', ValueName = "file", Help = "write the log to this file", Complete = Completion.File)]
    public string? LogFile { get; private set; }

    [Flag('y', Help = "log to the system's log; to standard error where there is none")]
    public bool LogToSystem { get; private set; }

    /// <summary>-F: replaces both configuration files; "none" reads neither.</summary>
    [Option('F', ValueName = "file", Help = "read this configuration file only, or none", Complete = Completion.File)]
    public string? ConfigFile { get; private set; }

    [Flag('G', Help = "print the configuration for the destination and exit")]
    public bool PrintConfiguration { get; private set; }

    [Option('Q', ValueName = "what", Help = "list what is built in and exit", Values = "kex cipher key sig tier mac help")]
    public string? Query { get; private set; }

    [Flag('q', Help = "print no messages but those of fatal errors")]
    public bool Quiet { get; private set; }

    /// <summary>0 to 3.</summary>
    [Flag('v', Counted = true, Help = "say what happens; up to three times for more")]
    public int Verbosity
    {
        get => _verbosity;
        private set
        {
            _verbosity = Math.Min(value, 3);
            Quiet = false;
        }
    }

    protected internal override bool IsQuiet => Quiet;

    protected internal override bool IsVerbose => Verbosity > 0 && !Quiet;

    /// <summary>-Q asks about the program itself.</summary>
    protected internal override bool NeedsOperands => Query == null;
}

using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary><c>qssh scp</c>: copies files, with OpenSSH's command line, over the file transfer protocol.</summary>
[Command("scp", "qscp", SshName = "scp", Summary = "copy files between hosts", Description = ScpManual.Description, UsageExitCode = 1)]
[ManSection("OPERANDS", ScpManual.Operands)]
[ManSection("NAMES", ScpManual.Names)]
[ManSection("INTERRUPTED COPIES", ScpManual.Interrupted)]
[ManSection("THE OLD PROTOCOL", ScpManual.OldProtocol)]
[ManSection("EXIT STATUS", ScpManual.ExitStatus)]
[ManSection("SEE ALSO", "qssh(1), qsftp(1), qssh_config(5)")]
[SettingFlag('4', "AddressFamily=inet", Help = "use IPv4 addresses only")]
[SettingFlag('6', "AddressFamily=inet6", Help = "use IPv6 addresses only")]
[SettingFlag('A', "ForwardAgent=yes", Help = "forward the key agent", Note = "agent forwarding arrives in a later version; going on without it")]
[SettingFlag('B', "BatchMode=yes", Help = "ask for nothing")]
[SettingFlag('C', "Compression=yes", Help = "compress data")]
[SettingOption('c', "Ciphers", ValueName = "cipher", Help = "list of ciphers", Overrides = true)]
[SettingOption('i', "IdentityFile", ValueName = "file", Help = "log in with this private key; may be given several times", Complete = Completion.File)]
[SettingOption('J', "ProxyJump", ValueName = "destination", Help = "connect through these hosts", NotYet = "jump hosts arrive in a later version",
    Complete = Completion.Host)]
[SettingOption('o', "", ValueName = "option", Help = "set a configuration keyword: Keyword=value or 'Keyword value'")]
[SettingOption('P', "Port", ValueName = "port", Help = "connect to this port")]
[SettingOption('\0', "Tier", Long = "tier", ValueName = "tier", Help = "ask for this security tier", Values = "T1 T2 auto")]
internal sealed partial class ScpCommand : Command
{
    private int _verbosity;

    [RestOperands("source target", Help = "files to copy, and where to: path, [user@]host:path or scp://[user@]host[:port][/path]", Complete = Completion.File)]
    private List<string>? Words { get; set; }

    [Flag('r', Help = "copy directories with all that is in them; links in them are followed")]
    public bool Recursive { get; private set; }

    [Flag('p', Help = "keep times and permission bits")]
    public bool Preserve { get; private set; }

    [Flag('q', Help = "show no progress and no messages but errors")]
    public bool Quiet { get; private set; }

    [Flag('v', Counted = true, Help = "say what happens; up to three times for more")]
    public int Verbosity
    {
        get => _verbosity;
        private set => _verbosity = Math.Min(value, 3);
    }

    [Option('l', ValueName = "limit", Help = "use at most this many Kbit/s", Min = 1, Max = 100_000_000)]
    public int? Limit { get; private set; }

    [Option('F', ValueName = "file", Help = "read this configuration file only, or none", Complete = Completion.File)]
    public string? ConfigFile { get; private set; }

    [Option('S', ValueName = "program", Help = "connect by this program, called as ssh is", Complete = Completion.File)]
    public string? Program { get; private set; }

    [Option('D', ValueName = "server", Help = "start this file server here, in place of connecting", Complete = Completion.File)]
    public string? DirectServer { get; private set; }

    [Flag('3', Help = "copy between two hosts through this machine; so it is unless -R is given")]
    public bool Through { get; private set; }

    [Flag('R', Help = "copy between two hosts by running scp on the first one")]
    public bool OnOrigin { get; private set; }

    [Flag('T', Help = "take names with control characters from a server")]
    public bool AnyName { get; private set; }

    [Flag(Long = "resume", Help = "go on with copies that were interrupted: what is there of a target is taken as the beginning")]
    public bool Resume { get; private set; }

    [Flag(Long = "atomic", Help = "give a target its name when all of it is there, in place of what had it")]
    public bool Atomic { get; private set; }

    [Flag('O', Help = "use the old protocol of scp, for hosts without a file server")]
    public bool Legacy { get; private set; }

    [Flag('f', Hidden = true)]
    public bool Sends { get; private set; }

    [Flag('t', Hidden = true)]
    public bool Takes { get; private set; }

    [Flag('d', Hidden = true)]
    public bool IntoDirectory { get; private set; }

    [Flag('s', Help = "files go over SFTP, as they do without -O", Ignored = "it is always so without -O")]
    public bool OverSftp { get; private set; }

    [Option('X', ValueName = "option", Help = "nrequests=N: have at most this many requests on their way; buffer=N: size of data in one request", Repeatable = true)]
    public List<string>? Tuning { get; private set; }

    protected internal override bool IsQuiet => Quiet;

    protected internal override bool IsVerbose => Verbosity > 0 && !Quiet;

    protected internal override void OnParsed()
    {
        if (Sends || Takes)
            RequireOneRole();
        else if (Words is not { Count: >= 2 })
            throw new UsageException("missing target");
        if (Resume && Atomic)
            throw new UsageException("--resume and --atomic cannot be used together");
        if (Legacy && (Resume || Atomic))
            throw new UsageException("--resume and --atomic need the file transfer protocol: not with -O");
        if (Through && OnOrigin)
            throw new UsageException("-3 and -R cannot be used together");
    }

    /// <summary>Another scp has started this one.</summary>
    private void RequireOneRole()
    {
        if (Sends == Takes || Words is not { Count: >= 1 } words || (Takes && words.Count > 1))
            throw new UsageException("-t takes one target, -f takes sources");
    }
}

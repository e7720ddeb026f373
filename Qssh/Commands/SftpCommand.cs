using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary><c>qssh sftp</c>: files of another host at a prompt or from a batch, with OpenSSH's command line and commands.</summary>
[Command("sftp", "qsftp", SshName = "sftp", Summary = "transfer files at a prompt or from a batch", Description = SftpManual.Description, UsageExitCode = 1)]
[ManSection("COMMANDS", SftpManual.Commands)]
[ManSection("BATCHES", SftpManual.Batches)]
[ManSection("KEYS", SftpManual.Keys)]
[ManSection("EXIT STATUS", SftpManual.ExitStatus)]
[ManSection("SEE ALSO", "qssh(1), qscp(1), qssh_config(5)")]
[SettingFlag('4', "AddressFamily=inet", Help = "use IPv4 addresses only")]
[SettingFlag('6', "AddressFamily=inet6", Help = "use IPv6 addresses only")]
[SettingFlag('A', "ForwardAgent=yes", Help = "forward the key agent", Note = "agent forwarding arrives in a later version; going on without it")]
[SettingFlag('C', "Compression=yes", Help = "compress data")]
[SettingOption('c', "Ciphers", ValueName = "cipher", Help = "list of ciphers", Overrides = true)]
[SettingOption('i', "IdentityFile", ValueName = "file", Help = "log in with this private key; may be given several times", Complete = Completion.File)]
[SettingOption('J', "ProxyJump", ValueName = "destination", Help = "connect through these hosts", NotYet = "jump hosts arrive in a later version",
    Complete = Completion.Host)]
[SettingOption('o', "", ValueName = "option", Help = "set a configuration keyword: Keyword=value or 'Keyword value'")]
[SettingOption('P', "Port", ValueName = "port", Help = "connect to this port")]
[SettingOption('\0', "Tier", Long = "tier", ValueName = "tier", Help = "ask for this security tier", Values = "T1 T2 auto")]
internal sealed partial class SftpCommand : Command
{
    private int _verbosity;

    [Operand("destination", Help = "[user@]host[:path] or sftp://[user@]host[:port][/path]", Optional = true, Complete = Completion.Host)]
    public string? Where { get; private set; }

    [Operand("local", Help = "where a fetched file goes", Optional = true, Complete = Completion.File)]
    public string? Local { get; private set; }

    [Option('b', ValueName = "file", Help = "take commands from this file, or - for standard input, and ask for nothing", Complete = Completion.File)]
    public string? BatchFile { get; private set; }

    [Flag('a', Help = "go on with transfers that were interrupted")]
    public bool Resume { get; private set; }

    [Flag('f', Help = "write files to the disk before they count as copied")]
    public bool Synchronize { get; private set; }

    [Flag('p', Help = "keep times and permission bits")]
    public bool Preserve { get; private set; }

    [Flag('r', Help = "copy directories with all that is in them")]
    public bool Recursive { get; private set; }

    [Flag('q', Help = "show no progress and no messages but errors")]
    public bool Quiet { get; private set; }

    [Flag('N', Help = "show progress and messages with -b too")]
    public bool NotQuiet { get; private set; }

    [Flag('v', Counted = true, Help = "say what happens; up to three times for more")]
    public int Verbosity
    {
        get => _verbosity;
        private set => _verbosity = Math.Min(value, 3);
    }

    [Option('B', ValueName = "size", Help = "size of data in one request", Min = 1, Max = 256 * 1024)]
    public int? Buffer { get; private set; }

    [Option('R', ValueName = "count", Help = "have at most this many requests on their way", Min = 1)]
    public int? Requests { get; private set; }

    [Option('l', ValueName = "limit", Help = "use at most this many Kbit/s", Min = 1, Max = 100_000_000)]
    public int? Limit { get; private set; }

    [Option('F', ValueName = "file", Help = "read this configuration file only, or none", Complete = Completion.File)]
    public string? ConfigFile { get; private set; }

    [Option('S', ValueName = "program", Help = "connect by this program, called as ssh is", Complete = Completion.File)]
    public string? Program { get; private set; }

    [Option('D', ValueName = "server", Help = "start this file server here, in place of connecting", Complete = Completion.File)]
    public string? DirectServer { get; private set; }

    [Option('s', ValueName = "subsystem", Help = "name of the subsystem, or path of the file server on the host")]
    public string? Subsystem { get; private set; }

    protected internal override bool IsQuiet => Quiet;

    protected internal override bool IsVerbose => Verbosity > 0 && !Quiet;

    protected internal override void OnParsed()
    {
        if (Where is null && DirectServer is null)
            throw new UsageException("missing destination");
        if (BatchFile is not null)
            AddSetting("BatchMode", "yes", overrides: false);
    }
}

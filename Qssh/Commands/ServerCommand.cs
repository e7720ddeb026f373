using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary>The server: <c>qssh server</c> or <c>qsshd</c>.</summary>
[Command(
    "server",
    "qsshd",
    SshName = "sshd",
    Summary = "post-quantum secure shell server",
    Description = ServerManual.Description,
    Section = 8)]
[ManSection("SIGNALS", ServerManual.Signals)]
[ManSection("FILES", ServerManual.Files)]
[ManSection("EXIT STATUS", ServerManual.ExitStatus)]
[ManSection("SEE ALSO", "qssh(1), qsshd_config(5), qssh-keygen(1)")]
[SettingFlag('4', "AddressFamily=inet", Help = "listen on IPv4 addresses only")]
[SettingFlag('6', "AddressFamily=inet6", Help = "listen on IPv6 addresses only")]
[SettingOption('g', "LoginGraceTime", ValueName = "seconds", Help = "time a client has to log in", Overrides = true)]
[SettingOption('h', "HostKey", ValueName = "file", Help = "private host key; may be given several times", Complete = Completion.File)]
[SettingOption('l', "ListenAddress", Long = "listen", ValueName = "address", Help = "listen here: host, host:port or [ipv6]:port; may be given several times")]
[SettingOption('o', "", ValueName = "option", Help = "set a configuration keyword: Keyword=value or 'Keyword value'")]
[SettingOption('p', "Port", ValueName = "port", Help = "listen on this port; may be given several times; 22222 unless the configuration says otherwise")]
[SettingFlag('r', Help = "accepted for old scripts", Ignored = "every session is a process of its own")]
[SettingOption('u', "", ValueName = "length", Help = "accepted for old scripts", Ignored = "host names are not looked up for login records")]
[SettingOption('\0', "PidFile", Long = "pid-file", ValueName = "file", Help = "write the process id to this file", Complete = Completion.File, Overrides = true)]
internal sealed partial class ServerCommand : Command
{
    private int _verbosity;

    [Option('C', ValueName = "spec", Help = "with -T: the connection to show values for, as key=value pairs between commas; keys are user, host, addr, laddr and lport")]
    public string? TestConnection { get; private set; }

    [Flag('D', Help = "stay in the foreground")]
    public bool Foreground { get; private set; }

    [Flag('d', Long = "daemon", Help = "go to the background once listening; a failure to start is told to the caller; the log goes to the system's log unless -e or -E is given")]
    public bool Daemon { get; private set; }

    [Flag('e', Help = "log to standard error even in the background")]
    public bool LogToError { get; private set; }

    [Option('E', ValueName = "file", Help = "append the log to this file", Complete = Completion.File)]
    public string? LogFile { get; private set; }

    [Option('f', ValueName = "file", Help = "configuration file; /etc/qssh/qsshd_config if none is given", Complete = Completion.File)]
    public string? ConfigFile { get; private set; }

    [Flag('i', Help = "serve one connection on standard input and output (inetd)")]
    public bool Inetd { get; private set; }

    [Flag('q', Help = "log nothing")]
    public bool Quiet { get; private set; }

    [Flag('T', Help = "check the configuration, print the values in effect and exit")]
    public bool PrintConfiguration { get; private set; }

    [Flag('t', Help = "check configuration and host keys and exit")]
    public bool TestOnly { get; private set; }

    [Flag(Long = "generate-keys", Help = "make missing host keys and exit")]
    public bool GenerateKeys { get; private set; }

    /// <summary>0 to 3.</summary>
    [Flag('v', Counted = true, Help = "log more; up to three times")]
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

    protected internal override void OnParsed()
    {
        if (Daemon && (Foreground || Inetd))
            throw new UsageException("-d goes to the background; -D and -i stay: they cannot be used together");

        if (Quiet)
            AddSetting("LogLevel", "QUIET", overrides: true);
        else if (Verbosity > 0)
            AddSetting("LogLevel", "DEBUG" + Verbosity.ToString(), overrides: true);
    }
}

using Microsoft.Extensions.Logging;
using Qssh.Commands.Framework;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Files.Legacy;
using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Sftp.Server;
using Qssh.Telemetry.Log;

namespace Qssh.Commands;

/// <summary>The server of files: <c>qssh sftp-server</c>, for the server's subsystem and for other programs. Letters are OpenSSH's.</summary>
[Command(
    "sftp-server",
    "qssh-sftp-server",
    SshName = "sftp-server",
    Summary = "server side of file transfers",
    Description = SftpServerManual.Description,
    Section = 8)]
[ManSection("ROOT DIRECTORY", SftpServerManual.Root)]
[ManSection("EXIT STATUS", SftpServerManual.ExitStatus)]
[ManSection("SEE ALSO", "qsshd(8), qsshd_config(5), qssh(1)")]
internal sealed partial class SftpServerCommand : Command
{
    private const uint MaxMask = 0x1FF; // 0777

    private LogVerbosity _verbosity = LogVerbosity.Error;
    private SyslogFacility _facility = SyslogFacility.Auth;
    private uint? _mask;

    [Option('d', ValueName = "directory", Help = "start in this directory; %d is the home directory, %u the user, %% a percent sign", Complete = Completion.Directory)]
    public string? StartDirectory { get; private set; }

    [Flag('e', Help = "log to standard error instead of the system's log")]
    public bool LogToError { get; private set; }

    [Option('f', ValueName = "facility", Help = "facility of the system's log; AUTH if none is given")]
    private string Facility
    {
        set => _facility = Value("-f", value, ConfigParse.Facility);
    }

    [Flag('h', Help = "print this help")]
    public bool ShowHelp { get; private set; }

    [Option('l', ValueName = "level", Help = "QUIET, FATAL, ERROR, INFO, VERBOSE, DEBUG, DEBUG1, DEBUG2 or DEBUG3; ERROR if none is given. INFO logs what is done with files, VERBOSE also what was answered")]
    private string Verbosity
    {
        set => _verbosity = Value("-l", value, ConfigParse.LogLevel);
    }

    [Option('P', ValueName = "requests", Help = "refuse these requests, with commas between them; they win over -p")]
    public string? Denied { get; private set; }

    [Option('p', ValueName = "requests", Help = "carry out these requests only, with commas between them")]
    public string? Allowed { get; private set; }

    [Option('Q', ValueName = "what", Help = "print the names of requests that -P and -p take, and exit", Values = "requests")]
    public string? Query { get; private set; }

    [Flag('R', Help = "change nothing: no writing, removing, renaming, and no setting of attributes")]
    public bool ReadOnly { get; private set; }

    [Option('u', ValueName = "mask", Help = "file mode mask in octal, instead of the one that is in force")]
    private string Mask
    {
        set => _mask = ParseMask(value);
    }

    [Option(Long = "root", ValueName = "directory", Help = "make this directory the root of all names; -d is then a directory in it", Complete = Completion.Directory)]
    public string? Root { get; private set; }

    [RestOperands("word", Help = "not looked at: scp -D names the host here")]
    public List<string>? Words { get; private set; }

    public override int Run()
    {
        if (ShowHelp)
            return StandardStreams.WriteOutput(Help) ? 0 : 1;
        if (Query is not null)
            return PrintQuery(Query);
        if (Descriptor.IsTerminal(0))
            throw new FailureException("this is a service for sftp clients; it has nothing to say to a terminal", 1);
        if (LegacyServer.IsAskedBy(Environment.GetEnvironmentVariable("SSH_ORIGINAL_COMMAND")))
            return LegacyServer.Decline();

        ProcessSettings.OutliveFileSizeLimit();
        ProcessSettings.WorkBehindOthers();
        RequestPolicy policy = new(ReadOnly, Denied, Allowed);
        UserAccount account = Accounts.System.FindOwn();
        using LogTarget? target = LogToError ? LogTarget.Open(null) : null;
        using SystemLog system = new("sftp-server", (int)_facility);
        LineLogger log = new("sftp-server", () => Level(_verbosity), LogToError ? LogFormat.Text : LogFormat.Bare, Write, TimeProvider.System);
        if (!ProcessSettings.TryForbidTracing())
            throw new FailureException("cannot forbid tracing of this process", 1);
        if (_mask is { } mask)
            ProcessSettings.SetFileModeMask(mask);
        return Serve(policy, account, log);

        // Standard error is the client's terminal: without -e nothing goes there.
        void Write(LogLevel level, string line)
        {
            if (target is not null)
                target.Write(ServerCommand.Severity(level), line);
            else
                system.TryWrite(ServerCommand.Severity(level), ByteText.ToBytes(line.TrimEnd('\n')));
        }
    }

    private int Serve(RequestPolicy policy, UserAccount account, LineLogger log)
    {
        using FileTree files = OpenTree(account, log);
        string client = Environment.GetEnvironmentVariable("SSH_CONNECTION")?.Split(' ')[0] ?? "UNKNOWN";
        log.SessionOpened(account.Name, client);
        int status;
        using (SftpResponder responder = new(files, policy, account, log))
            status = new SftpService(responder, log).Run(0, 1);
        log.SessionClosed(account.Name, client);
        return status;
    }

    /// <summary>A start directory that cannot be entered is logged, as it protects nothing; a root that cannot be opened ends the session.</summary>
    private FileTree OpenTree(UserAccount account, LineLogger log)
    {
        byte[] start = StartDirectory is null
            ? []
            : ByteText.ToBytes(Value("-d", StartDirectory, words => ConfigTokens.Expand(words.Rest, letter => letter == 'd' ? account.Home : letter == 'u' ? account.Name : null)));
        if (Root is not null)
            return FileTree.Rooted(Root, start);
        if (start.Length > 0 && NamedFile.EnterDirectory([.. start, 0]) is not 0 and int error)
            log.Fault($"cannot start in {StartDirectory}: {Errno.Text(error)}");
        return new FileTree();
    }

    private static int PrintQuery(string what)
    {
        if (what != "requests")
            throw new UsageException("-Q knows: requests");
        foreach (SftpRequestRow row in SftpRequests.Rows)
            StandardStreams.WriteOutput(row.Name + "\n");
        return 0;
    }

    private static T Value<T>(string option, string value, Func<ConfigArguments, T> parse)
    {
        try
        {
            return parse(new ConfigArguments(value));
        }
        catch (ConfigValueException fault)
        {
            throw new UsageException($"{option}: {Printable.Escape(fault.Message)}");
        }
    }

    private static uint ParseMask(string value)
    {
        uint mask = 0;
        foreach (char c in value)
            mask = c is >= '0' and <= '7' && mask <= MaxMask ? 8 * mask + (uint)(c - '0') : MaxMask + 1;
        return value.Length > 0 && mask <= MaxMask ? mask : throw new UsageException($"-u takes an octal mask up to 777, not '{Printable.Escape(value)}'");
    }

    private static LogLevel Level(LogVerbosity verbosity) => verbosity switch
    {
        LogVerbosity.Quiet => LogLevel.None,
        LogVerbosity.Fatal => LogLevel.Critical,
        LogVerbosity.Error => LogLevel.Error,
        LogVerbosity.Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}

using Qssh.Client;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Files;
using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Commands;

/// <summary>How scp and sftp reach a host, as the command line says.</summary>
internal sealed class FileRoute
{
    /// <summary>Configuration keywords, as <see cref="Framework.Command.Settings"/> has them.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    public string? ConfigFile { get; init; }

    public bool Quiet { get; init; }

    public int Verbosity { get; init; }

    /// <summary>-S: the program to call in place of logging in here.</summary>
    public string? Program { get; init; }

    /// <summary>-D: a server to start here, with its arguments.</summary>
    public string? DirectServer { get; init; }

    /// <summary>A subsystem, or with a slash in it the path of a server on the host.</summary>
    public string Subsystem { get; init; } = "sftp";

    public int? Buffer { get; init; }

    /// <summary>Requests that may be on their way at once.</summary>
    public int? Requests { get; init; }

    /// <summary>Bytes in a second; null: no limit.</summary>
    public long? Rate { get; init; }
}

/// <summary>One host's session of file transfer: logged in here, or over a program.</summary>
internal sealed class FileLogin(FileRoute route) : IDisposable
{
    private FileConnection? _connection;
    private FileProgram? _program;
    private ClientLog? _log;

    /// <exception cref="FailureException">It cannot be; the message says all.</exception>
    /// <exception cref="ShownFailureException">The same, without a name before it.</exception>
    public async ValueTask<SftpClient> OpenAsync(Destination? destination)
    {
        SftpSession session;
        if (route.DirectServer is { } server)
            session = (_program = FileProgram.Start(server.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Session;
        else if (route.Program is not null)
            session = (_program = FileProgram.Start(ProgramWords(route, destination!))).Session;
        else
            session = await (_connection = Connect(destination!)).OpenAsync();
        SftpClient client = new(session);
        try
        {
            await client.StartAsync(route.Buffer);
        }
        catch (Exception fault) when (fault is SftpLostException or ProtocolException)
        {
            throw new FailureException(fault.Message);
        }

        if (route.Requests is { } requests)
            client.Bulk.MaxPieces = Math.Min(requests, BulkQueue.MostPieces);
        if (route.Rate is { } rate)
            client.Bulk.Rate = new RateLimit(rate);
        Client = client;
        return client;
    }

    /// <summary>What <see cref="OpenAsync"/> gave.</summary>
    public SftpClient? Client { get; private set; }

    /// <summary>Nothing is waited for any more.</summary>
    public void Sever() => Client?.Session.OnEnd(new SftpLostException("stopped"));

    public async ValueTask CloseAsync()
    {
        if (_connection is not null)
            await _connection.CloseAsync();
        if (_program is not null)
            await _program.CloseAsync();
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _program?.Dispose();
        _log?.Dispose();
    }

    private FileConnection Connect(Destination destination)
    {
        List<string> notes = [];
        ClientConfig config = Configure(destination, notes);
        _log = ClientLog.Open(config.Options.LogLevel, null);
        notes.ForEach(_log.Debug);
        RemotePlan plan = RemotePlan.Of(config, System.Text.Encoding.UTF8.GetBytes(route.Subsystem), new LocalFacts(false, static () => Variables()));
        return new FileConnection(config, plan, _log);
    }

    private ClientConfig Configure(Destination destination, List<string> notes)
    {
        UserAccount account = Accounts.System.FindOwn();
        string home = Environment.GetEnvironmentVariable("HOME") is ['/', ..] set ? set : account.Home;
        ClientConfig config = new(destination.Host, account.Name, home, route.Verbosity > 0 ? notes.Add : null)
        {
            IsOwnerTrusted = FileSecurity.IsOwnedByUserOrRoot,
            Machine = new LocalMachine(route.Verbosity > 0),
            Command = route.Subsystem,
            Release = "qssh_" + Framework.CommandTable.Version,
        };
        foreach (string setting in (string[])["RequestTTY=no", "RemoteCommand=none", "ForkAfterAuthentication=no", "StdinNull=no"])
            config.AddOption(setting);
        config.AddOption(route.Subsystem.Contains('/') ? "SessionType=default" : "SessionType=subsystem");
        if (route.Quiet || route.Verbosity > 0)
            config.AddOption(route.Quiet ? "LogLevel=QUIET" : $"LogLevel=DEBUG{route.Verbosity}");
        if (destination.User is not null)
            config.AddOption("User=" + destination.User);
        if (destination.Port is not null)
            config.AddOption("Port=" + destination.Port);
        foreach (string setting in route.Settings)
            config.AddOption(setting);
        config.AddFiles(route.ConfigFile);
        config.Complete();
        return config;
    }

    private static List<KeyValuePair<string, string>> Variables()
    {
        List<KeyValuePair<string, string>> variables = [];
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables.Add(new KeyValuePair<string, string>((string)entry.Key, (string?)entry.Value ?? ""));
        return variables;
    }

    /// <summary>As OpenSSH's scp and sftp call ssh.</summary>
    /// <param name="command">What to run there; null: the file server.</param>
    public static List<string> ProgramWords(FileRoute route, Destination destination, string? command = null)
    {
        List<string> words = [route.Program ?? "qssh", "-x", "-oPermitLocalCommand=no", "-oClearAllForwardings=yes", "-oRemoteCommand=none", "-oRequestTTY=no", "-oControlMaster=no", "-oForwardAgent=no"];
        if (route.ConfigFile is { } file)
            words.AddRange(["-F", file]);
        if (route.Quiet)
            words.Add("-q");
        for (int i = 0; i < route.Verbosity; i++)
            words.Add("-v");
        foreach (string setting in route.Settings)
            words.Add("-o" + setting);
        if (destination.Port is { } port)
            words.AddRange(["-p", port.ToString()]);
        if (destination.User is { } user)
            words.AddRange(["-l", user]);
        if (command is null && !route.Subsystem.Contains('/'))
            words.Add("-s");
        words.AddRange(["--", destination.Host, command ?? route.Subsystem]);
        return words;
    }
}

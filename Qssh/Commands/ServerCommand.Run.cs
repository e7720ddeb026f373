using Microsoft.Extensions.Logging;
using Qssh.Commands.Framework;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Server;
using Qssh.Telemetry.Log;

namespace Qssh.Commands;

internal sealed partial class ServerCommand
{
    private const int ErrorStream = 2;

    private LogLevel _level = LogLevel.Information;

    public override int Run()
    {
        SelfExecutable.Remember();
        bool hasErrorStream = Descriptor.IsOpen(ErrorStream);
        StandardStream.EnsureAllOpen();
        UserAccount own = Accounts.System.FindOwn();
        ServerConfig config = new(ConfigFile, Settings, own.Home);
        if (PrintConfiguration)
            return Print(config);

        _level = Level(config.Global.LogLevel);
        bool toSystem = LogFile is null && !LogToError && (DaemonStart.IsBackground || !hasErrorStream);
        using LogTarget target = toSystem ? LogTarget.Of(new SystemLog("qsshd", (int)config.Global.SyslogFacility.Value)) : LogTarget.Open(LogFile);
        LogFormat format = config.Global.LogJson ? LogFormat.Json : toSystem ? LogFormat.Bare : LogFormat.Text;
        LineLogger log = new("qsshd", () => _level, format, (level, line) => target.Write(Severity(level), line), TimeProvider.System);
        if (TestOnly)
            return Test(config, own);

        ServerState state = new(config, HostKeys.Ensure(KeyPaths(config, own), log.HostKeyReady));
        if (GenerateKeys)
            return 0;
        if (!UserIdentity.IsRoot)
            log.OwnUserOnly(own.Name);
        return Serve(state, own, log);
    }

    private int Serve(ServerState state, UserAccount own, ILogger log)
    {
        using Reactor reactor = new();
        ServerHost host = new(state, () => Load(own, log), log);
        if (Inetd)
            return reactor.Run(() => host.ServeOneAsync(TcpSocket.Adopt(Descriptor.Duplicate(0))));
        if (Daemon)
            return DaemonStart.Run(reactor, Environment.GetCommandLineArgs());

        return reactor.Run(async () =>
        {
            host.Bind(await ListenAddresses.ResolveAsync(state.Config.Global));
            using PidFile pidFile = PidFile.Write(state.Config.Global.PidFile);
            DaemonStart.Ready();
            return await host.RunAsync();
        });
    }

    private ServerState Load(UserAccount own, ILogger log)
    {
        ServerConfig config = new(ConfigFile, Settings, own.Home);
        ServerState state = new(config, HostKeys.Ensure(KeyPaths(config, own), log.HostKeyReady));
        _level = Level(config.Global.LogLevel);
        return state;
    }

    private static int Print(ServerConfig config)
    {
        foreach (string line in ServerConfig.Dump(config.Global))
            StandardStreams.WriteOutput(line + "\n");
        return 0;
    }

    private static int Test(ServerConfig config, UserAccount own)
    {
        List<FileSigner> keys = [];
        foreach (string path in KeyPaths(config, own))
        {
            if (File.Exists(path))
                keys.Add(HostKeys.Load(path));
        }

        if (keys.Count > 0)
            _ = new ServerState(config, keys);
        return 0;
    }

    private static IReadOnlyList<string> KeyPaths(ServerConfig config, UserAccount own) =>
        config.Global.HostKeys.Count > 0 ? config.Global.HostKeys : HostKeys.DefaultPaths(UserIdentity.IsRoot, own.Home);

    internal static int Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => SystemLog.Debug,
        LogLevel.Information => SystemLog.Information,
        LogLevel.Warning => SystemLog.Warning,
        _ => SystemLog.Error,
    };

    private static LogLevel Level(LogVerbosity verbosity) => verbosity switch
    {
        LogVerbosity.Quiet => LogLevel.None,
        LogVerbosity.Fatal or LogVerbosity.Error => LogLevel.Error,
        LogVerbosity.Info or LogVerbosity.Verbose => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}

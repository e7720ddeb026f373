using Qssh.Client;
using Qssh.Commands.Framework;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Commands;

internal sealed partial class ClientCommand
{
    private const int StandardInput = 0;

    /// <summary>What reading the configuration had to say, for -v.</summary>
    private readonly List<string> _notes = [];

    public override int Run()
    {
        if (Query != null)
            return RunQuery();

        ClientConfig config = Configure();
        if (PrintConfiguration)
            return Print(config);

        StandardStream.EnsureAllOpen();
        RemotePlan plan = RemotePlan.Of(config, RemoteCommandBytes(), Facts());
        if (plan.Background && !Background.IsCopy)
            return Background.Start(Environment.GetCommandLineArgs());

        using ClientLog log = LogToSystem
            ? new ClientLog(config.Options.LogLevel) { Journal = new SystemLog(CalledAs, (int)config.Options.SyslogFacility.Value) }
            : ClientLog.Open(config.Options.LogLevel, LogFile);
        _notes.ForEach(log.Debug);
        return new ClientSession(config, plan, log, CalledAs) { LoggedIn = plan.Background ? () => Background.Detach(log) : null }.Run();
    }

    private ClientConfig Configure()
    {
        UserAccount account = Accounts.System.FindOwn();
        ClientConfig config = new(Destination!.Host, account.Name, Home(account), Verbosity > 0 ? _notes.Add : null)
        {
            IsOwnerTrusted = FileSecurity.IsOwnedByUserOrRoot,
            Machine = new LocalMachine(Verbosity > 0),
            Command = RemoteCommand,
            Release = "qssh_" + CommandTable.Version,
        };
        foreach (string setting in Settings)
            config.AddOption(setting);
        config.AddFiles(ConfigFile);
        config.Complete();
        return config;
    }

    /// <summary>The same place as keygen's: HOME, and the account's directory without it.</summary>
    private static string Home(UserAccount account) => Environment.GetEnvironmentVariable("HOME") is ['/', ..] home ? home : account.Home;

    private static LocalFacts Facts() => new(Descriptor.IsTerminal(StandardInput), ReadEnvironment);

    private static IReadOnlyList<KeyValuePair<string, string>> ReadEnvironment()
    {
        List<KeyValuePair<string, string>> variables = [];
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables.Add(new KeyValuePair<string, string>((string)entry.Key, (string?)entry.Value ?? ""));
        return variables;
    }
}

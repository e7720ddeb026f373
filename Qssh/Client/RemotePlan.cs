using System.Text;
using Qssh.Config;
using Qssh.Errors;

namespace Qssh.Client;

/// <summary>What runs on the other side.</summary>
internal enum RemoteKind : byte
{
    Shell = 0,
    Command,
    Subsystem,

    /// <summary>Nothing (-N): only the connection is wanted.</summary>
    None,
}

/// <summary>What the client knows about its own standard input when it plans a session.</summary>
/// <param name="InputIsTerminal">Standard input is a terminal.</param>
/// <param name="Environment">Variables as "NAME=value", looked at only where SendEnv asks.</param>
internal readonly record struct LocalFacts(bool InputIsTerminal, Func<IReadOnlyList<KeyValuePair<string, string>>> Environment);

/// <summary>
/// The session that options and command ask for, decided in one place and without any I/O: which requests are sent, whether there is a
/// terminal, and what standard input is for.
/// </summary>
internal sealed record RemotePlan
{
    public const string NoTerminal = "Pseudo-terminal will not be allocated because stdin is not a terminal.";

    public required RemoteKind Kind { get; init; }

    /// <summary>The command, or the name of the subsystem; empty for a shell and for nothing.</summary>
    public required ReadOnlyMemory<byte> Command { get; init; }

    public required bool WantsTerminal { get; init; }

    /// <summary>Nothing is read from standard input: its end is told at once.</summary>
    public required bool InputIsNull { get; init; }

    /// <summary>Escape character at the start of a line; null: escapes are off.</summary>
    public required byte? Escape { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; }

    /// <summary>Data is to be packed.</summary>
    public bool WantsCompression { get; init; }

    /// <summary>Goes to the background once logged in.</summary>
    public required bool Background { get; init; }

    /// <summary>Lines to show, where a terminal or a forward was asked for and cannot be.</summary>
    public string? Warning { get; init; }

    /// <param name="command">The command of the command line, null for none.</param>
    public static RemotePlan Of(ClientConfig config, byte[]? command, in LocalFacts local)
    {
        ClientOptions options = config.Options;
        RemoteKind kind = KindOf(options, ref command, config);
        if (options.ForkAfterAuthentication && kind == RemoteKind.Shell)
            throw new FailureException("Cannot fork into background without a command to execute.");

        UnbuiltRequests.Refuse(config);
        string? unforwarded = UnbuiltRequests.Forwards(options, kind);
        bool terminal = WantsTerminalFor(options, kind);
        bool impossible = terminal && options.RequestTty.Value != TtyRequest.Force && (!local.InputIsTerminal || options.StdinNull);
        terminal &= !impossible;
        return new RemotePlan
        {
            Kind = kind,
            Command = command ?? [],
            WantsTerminal = terminal,
            InputIsNull = options.StdinNull,
            Escape = terminal && options.EscapeChar.Value is { } escape ? (byte)escape : null,
            Variables = Environment(options, local),
            WantsCompression = options.Compression,
            Background = options.ForkAfterAuthentication,
            Warning = !impossible ? unforwarded : unforwarded is null ? NoTerminal : $"{unforwarded}\n{NoTerminal}",
        };
    }

    private static RemoteKind KindOf(ClientOptions options, ref byte[]? command, ClientConfig config)
    {
        if (options.SessionType.Value == SessionKind.None)
        {
            command = null;
            return RemoteKind.None;
        }

        if (options.RemoteCommand.Value.Length > 0)
        {
            if (command is not null)
                throw new FailureException("Cannot execute command-line and remote command.");
            command = Encoding.UTF8.GetBytes(ExpandCommand(config));
        }

        if (options.SessionType.Value == SessionKind.Subsystem)
            return command is null ? throw new FailureException("the subsystem has no name") : RemoteKind.Subsystem;
        return command is null ? RemoteKind.Shell : RemoteKind.Command;
    }

    private static string ExpandCommand(ClientConfig config)
    {
        try
        {
            return ConfigTokens.Expand(config.Options.RemoteCommand, config.Token);
        }
        catch (ConfigValueException e)
        {
            throw new FailureException("RemoteCommand: " + e.Message);
        }
    }

    /// <summary>OpenSSH's rule: a shell has a terminal unless refused, a command only if asked for, the rest never.</summary>
    private static bool WantsTerminalFor(ClientOptions options, RemoteKind kind)
    {
        if (kind is RemoteKind.None or RemoteKind.Subsystem)
            return false;
        return options.RequestTty.Value switch
        {
            TtyRequest.No => false,
            TtyRequest.Yes or TtyRequest.Force => true,
            _ => kind == RemoteKind.Shell,
        };
    }

    /// <summary>SendEnv picks from our environment, SetEnv adds and wins.</summary>
    private static List<KeyValuePair<string, string>> Environment(ClientOptions options, in LocalFacts local)
    {
        List<KeyValuePair<string, string>> variables = [];
        if (options.SendEnv.Count > 0)
        {
            foreach (KeyValuePair<string, string> variable in local.Environment())
            {
                if (PatternList.Matches(options.SendEnv, variable.Key, ignoreCase: false) && !IsSet(options, variable.Key))
                    variables.Add(variable);
            }
        }

        variables.AddRange(options.SetEnv.Value);
        return variables;
    }

    private static bool IsSet(ClientOptions options, string name)
    {
        foreach (KeyValuePair<string, string> pair in options.SetEnv.Value)
        {
            if (pair.Key == name)
                return true;
        }

        return false;
    }
}

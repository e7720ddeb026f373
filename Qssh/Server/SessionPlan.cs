using System.Text;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>From a login and its request to what the session child executes.</summary>
internal static class SessionPlan
{
    public static WindowSize Size((uint Columns, uint Rows, uint Width, uint Height) size) =>
        new((int)Clamp(size.Columns), (int)Clamp(size.Rows), (int)Clamp(size.Width), (int)Clamp(size.Height));

    public static void SetTerminal(SessionEnvironment environment, ReadOnlySpan<byte> term, string path)
    {
        string name = Encoding.ASCII.GetString(term);
        environment.Set("TERM", IsTerminalName(name) ? name : "dumb");
        environment.Set("SSH_TTY", path);
        environment.Set("QSSH_TTY", path);
    }

    public static ChildPlan Make(LoginContext login, SessionRequest request, SessionEnvironment environment)
    {
        if (login.Capabilities.IsContradictory)
            throw new FailureException("the keys force different commands");

        UserAccount account = login.Account;
        SessionCommand command = SessionCommand.Of(login, request);
        Fill(environment, login);
        if (command.Original is not null)
        {
            environment.Set("SSH_ORIGINAL_COMMAND", command.Original);
            environment.Set("QSSH_ORIGINAL_COMMAND", command.Original);
        }

        (string program, IReadOnlyList<string> arguments) = command.Resolve(account);
        return new ChildPlan
        {
            Uid = account.Uid,
            Gid = account.Gid,
            Groups = login.Groups,
            UserName = account.Name,
            Home = account.Home,
            Program = program,
            Arguments = arguments,
            Environment = command.IsFileService ? [.. environment.ToList(), .. SelfExecutable.Environment] : environment.ToList(),
            HasTerminal = request.HasTerminal,
            Greeting = command.Text is null && request.HasTerminal && login.Options.PrintMotd ? "/etc/motd" : "",
        };
    }

    /// <summary>A child that signals the session's process group as the user and ends.</summary>
    public static ChildPlan MakeSignal(LoginContext login, int group, int signal) => new()
    {
        Uid = login.Account.Uid,
        Gid = login.Account.Gid,
        Groups = login.Groups,
        UserName = login.Account.Name,
        Home = "/",
        Program = login.Account.Shell,
        Arguments = [],
        Environment = [],
        SignalGroup = group,
        Signal = signal,
    };

    private static void Fill(SessionEnvironment environment, LoginContext login)
    {
        environment.SetAccount(login.Account, login.Account.Uid == 0);
        string client = $"{login.Peer.AddressText} {login.Peer.Port} {login.Local.Port}";
        string connection = $"{login.Peer.AddressText} {login.Peer.Port} {login.Local.AddressText} {login.Local.Port}";
        foreach (string prefix in (ReadOnlySpan<string>)["SSH_", "QSSH_"])
        {
            environment.Set(prefix + "CLIENT", client);
            environment.Set(prefix + "CONNECTION", connection);
        }

        environment.Set("QSSH_TIER", "T" + (int)login.Tier);
        environment.Set("QSSH_SUITE", login.Suite.ToString());
        foreach ((string name, string value) in login.Options.SetEnv.Value)
            environment.Set(name, value);
    }

    private static bool IsTerminalName(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '+' or '.' or '_'))
                return false;
        }

        return name.Length is > 0 and <= 64;
    }

    private static ushort Clamp(uint value) => (ushort)Math.Min(value, ushort.MaxValue);
}

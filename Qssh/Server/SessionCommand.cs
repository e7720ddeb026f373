using Qssh.Config;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>What a session runs, once forced commands and subsystems have had their say.</summary>
/// <param name="Text">For the user's shell, or the arguments of our own server of files; null: a login shell.</param>
/// <param name="Original">What the client asked for, where something else is run.</param>
/// <param name="IsFileService">Run our own server of files, without a shell.</param>
internal sealed record SessionCommand(string? Text, string? Original, bool IsFileService)
{
    /// <summary>The name under which configurations know our own server of files.</summary>
    public const string FileService = "internal-sftp";

    public static SessionCommand Of(LoginContext login, SessionRequest request)
    {
        string? asked = request.Subsystem ?? (request.Command is { } bytes ? Decode(bytes.Span) : null);
        string? command = login.ForcedCommand ?? asked;
        // A client that asks for a command of this name means a program: only who configures may mean ours.
        bool isOurs = command is not null && IsOurs(command) && (login.ForcedCommand ?? request.Subsystem) is not null;
        return new SessionCommand(command, login.ForcedCommand is null ? null : asked, isOurs);
    }

    /// <summary>Program and argv, with its own name.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Resolve(UserAccount account)
    {
        if (IsFileService)
            return (SelfExecutable.Path, ["qssh", "sftp-server", .. Words()]);
        return (account.Shell, Text is null ? ChildPlan.LoginShell(account.Shell) : ChildPlan.ShellCommand(account.Shell, Text));
    }

    private List<string> Words()
    {
        try
        {
            return ConfigWords.Split(Text![FileService.Length..]);
        }
        catch (ConfigValueException fault)
        {
            throw new FailureException($"{FileService}: {fault.Message}");
        }
    }

    private static bool IsOurs(string command) =>
        command.StartsWith(FileService, StringComparison.Ordinal) && (command.Length == FileService.Length || command[FileService.Length] is ' ' or '\t');

    private static string Decode(ReadOnlySpan<byte> command)
    {
        if (command.Contains((byte)0))
            throw new FailureException("the command contains a NUL");
        return ByteText.From(command);
    }
}

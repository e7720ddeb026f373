namespace Qssh.Errors;

/// <summary>
/// A failure of the environment or of the user's input, told in one line: what failed, why, what to do.
/// The command that ran prints it on standard error and exits with <see cref="ExitCode"/>.
/// </summary>
internal sealed class FailureException(string message, int exitCode = FailureException.OwnFailure) : Exception(message)
{
    /// <summary>Exit status of the client for every failure that is not the remote command's.</summary>
    public const int OwnFailure = 255;

    public int ExitCode { get; } = exitCode;

    /// <summary>The text names a place in a configuration: it is shown as it is, without the program's name, as OpenSSH's callers expect it.</summary>
    public bool SaysWhere { get; init; }
}

namespace Qssh.Commands.Framework;

/// <summary>The command line is wrong; the message says which word of it and what to write instead. Followed by the usage line.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace Qssh.Commands.Framework;

/// <summary>What a shell offers while the user types a value.</summary>
internal enum Completion
{
    None,
    File,
    Directory,
    Host,
    User,

    /// <summary>The words of the multi-call executable.</summary>
    Command,
}

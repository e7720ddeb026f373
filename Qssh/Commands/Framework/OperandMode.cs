namespace Qssh.Commands.Framework;

/// <summary>Where options may stand among the operands. Names are read by the generator's emitter.</summary>
internal enum OperandMode
{
    /// <summary>Anywhere before <c>--</c>.</summary>
    Permute,

    /// <summary>Before the first operand only (POSIX utility syntax guideline 9).</summary>
    OptionsFirst,

    /// <summary>
    /// As OpenSSH's client: before the destination and again after it, up to <c>--</c> or the next word that is not an option.
    /// That word and all that follow are the remote command's.
    /// </summary>
    Destination,
}

using System.Diagnostics;

namespace Qssh.Commands.Framework;

/// <summary>
/// Declares one command of the multi-call executable. The class is partial, derives from <see cref="Command"/>, and the generator writes
/// its argument parsing, help, man page, completions and place in the command table.
/// </summary>
/// <remarks>The attributes of this folder are read by the generator only: <see cref="ConditionalAttribute"/> keeps them out of the executable.</remarks>
/// <param name="word">First word that selects the command: <c>keygen</c> in <c>qssh keygen</c>. Empty for the client, which needs none.</param>
/// <param name="programs">File names that select it, such as <c>qssh-keygen</c>; the first one is its name in messages.</param>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class CommandAttribute(string word, params string[] programs) : Attribute
{
    public string Word { get; } = word;

    public string[] Programs { get; } = programs;

    /// <summary>The name under which OpenSSH's users know the program; a link of that name is made by <c>qssh install --ssh-names</c>.</summary>
    public string? SshName { get; set; }

    /// <summary>One line, lower case, without a full stop.</summary>
    public string Summary { get; set; } = "";

    /// <summary>Paragraphs of the manual's DESCRIPTION, separated by empty lines.</summary>
    public string Description { get; set; } = "";

    public OperandMode Mode { get; set; }

    /// <summary>Exit status of a usage error.</summary>
    public int UsageExitCode { get; set; } = 1;

    /// <summary>Section of the manual.</summary>
    public int Section { get; set; } = 1;

    /// <summary>Started by qssh itself only: not in help, manual, completions or links.</summary>
    public bool Hidden { get; set; }
}

/// <summary>A symbol nobody defines.</summary>
internal static class GeneratorOnly
{
    public const string Symbol = "QSSH_ATTRIBUTES_IN_EXECUTABLE";
}

using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Commands;

/// <summary>What can be wrong with a command's declaration. Ids are stable.</summary>
internal static class CommandRules
{
    private const string Category = "Qssh.Commands";

    public static readonly DiagnosticDescriptor NotPartial =
        Diagnostics.Error("QSSHC001", Category, "'{0}' must be a partial, non-generic class that is not nested");

    public static readonly DiagnosticDescriptor NotCommand =
        Diagnostics.Error("QSSHC002", Category, "'{0}' must derive from Qssh.Commands.Framework.Command");

    public static readonly DiagnosticDescriptor DuplicateOption =
        Diagnostics.Error("QSSHC003", Category, "'{0}' is declared twice in '{1}'");

    public static readonly DiagnosticDescriptor BadOptionName =
        Diagnostics.Error("QSSHC004", Category, "'{0}' is no option name: one ASCII letter or digit, or a lower-case long name such as 'min-tier'");

    public static readonly DiagnosticDescriptor BadMemberType =
        Diagnostics.Error("QSSHC005", Category, "'{0}' must be of type {1} and have a setter");

    public static readonly DiagnosticDescriptor OperandOrder =
        Diagnostics.Error("QSSHC006", Category, "operand '{0}' can never be filled: it follows an optional one or the one that takes the rest");

    public static readonly DiagnosticDescriptor NoHelp =
        Diagnostics.Error("QSSHC007", Category, "'{0}' has no {1}: help and manual are made of it");

    public static readonly DiagnosticDescriptor DuplicateCommand =
        Diagnostics.Error("QSSHC008", Category, "the name '{0}' of '{1}' already selects '{2}'");

    public static readonly DiagnosticDescriptor BadCommandName =
        Diagnostics.Error("QSSHC009", Category, "'{0}' is no command name: letters, digits, '-' and '_'; the client alone has an empty word, and it needs a program name");

    public static readonly DiagnosticDescriptor NotAscii =
        Diagnostics.Error("QSSHC010", Category, "the text of '{0}' holds '{1}': help, manual and completions are plain ASCII");
}

using System;

namespace Qssh.Generators.Commands;

/// <summary>How an option's value is stored.</summary>
internal enum OptionKind
{
    Flag,
    Counter,
    Text,
    Number,
    List,
    SettingFlag,
    SettingValue,
}

/// <summary>Mirrors Qssh.Commands.Framework.Completion.</summary>
internal enum CompletionKind
{
    None,
    File,
    Directory,
    Host,
    User,
    Command,
}

/// <summary>One option. <see cref="Member"/> is a property, or the keyword of a <see cref="OptionKind.SettingValue"/>.</summary>
internal sealed record OptionModel(OptionKind Kind, string Letter, string Long, string Member)
{
    public string Help { get; init; } = "";

    public string ValueName { get; init; } = "";

    public EquatableArray<string> Settings { get; init; }

    public bool Overrides { get; init; }

    /// <summary>The list property may be null and has to be created.</summary>
    public bool CreatesList { get; init; }

    public int Min { get; init; }

    public int Max { get; init; }

    public string? NotYet { get; init; }

    public string? Note { get; init; }

    public string? Ignored { get; init; }

    public bool Hidden { get; init; }

    public CompletionKind Complete { get; init; }

    public string Values { get; init; } = "";

    public bool TakesValue => Kind is not (OptionKind.Flag or OptionKind.Counter or OptionKind.SettingFlag);

    public bool Repeats => Kind is OptionKind.Counter or OptionKind.List;

    public string DisplayName => Letter.Length > 0 ? "-" + Letter : "--" + Long;
}

/// <summary>One operand; a rest operand takes all further words.</summary>
internal sealed record OperandModel(string Member, string Name)
{
    public string Help { get; init; } = "";

    public bool Optional { get; init; }

    public bool IsRest { get; init; }

    public bool CreatesList { get; init; }

    public CompletionKind Complete { get; init; }

    public string Values { get; init; } = "";

    public string Display => (Optional, IsRest) switch
    {
        (true, true) => $"[{Name} ...]",
        (false, true) => $"{Name} ...",
        (true, false) => $"[{Name}]",
        _ => Name,
    };
}

internal sealed record ManSectionModel(string Title, string Text);

/// <summary>Everything the emitters need to know of one command; no symbols, no places.</summary>
internal sealed record CommandModel(string Namespace, string TypeName, string Word, EquatableArray<string> Programs)
{
    public string SshName { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    public int Mode { get; init; }

    public int UsageExitCode { get; init; }

    public int Section { get; init; }

    public bool Hidden { get; init; }

    public EquatableArray<OptionModel> Options { get; init; }

    public EquatableArray<OperandModel> Operands { get; init; }

    public EquatableArray<ManSectionModel> Sections { get; init; }

    /// <summary>What a user types to run it: its program, or <c>qssh word</c>.</summary>
    public string Display => Programs.Count > 0 ? Programs[0] : "qssh " + Word;

    /// <summary>The name of its manual page.</summary>
    public string PageName => Display.Replace(' ', '-');

    public string FullTypeName => Namespace.Length == 0 ? $"global::{TypeName}" : $"global::{Namespace}.{TypeName}";
}

/// <summary>The names of one command and where they are declared, for comparing them with all others.</summary>
internal sealed record CommandNames(string TypeName, string Word, EquatableArray<string> Programs, SourcePlace? Place);

/// <summary>The result of parsing one class.</summary>
internal sealed record ParsedCommand(CommandModel? Model, CommandNames? Names, EquatableArray<Finding> Findings);

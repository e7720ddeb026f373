using System.Diagnostics;

namespace Qssh.Commands.Framework;

/// <summary>What every kind of option can say about itself.</summary>
[Conditional(GeneratorOnly.Symbol)]
internal abstract class OptionDeclarationAttribute : Attribute
{
    /// <summary>Name after two dashes; may be the only name.</summary>
    public string? Long { get; set; }

    /// <summary>One line for the help and the manual: what it does. Required.</summary>
    public string Help { get; set; } = "";

    /// <summary>Known but not built: giving the option is an error, told with this reason.</summary>
    public string? NotYet { get; set; }

    /// <summary>Accepted; this line is printed on standard error unless the user asked for quiet.</summary>
    public string? Note { get; set; }

    /// <summary>Accepted without effect; the reason is printed when the user asked for more words.</summary>
    public string? Ignored { get; set; }

    /// <summary>Not in help, manual and completions.</summary>
    public bool Hidden { get; set; }
}

/// <summary>What every option with a value can say about it.</summary>
[Conditional(GeneratorOnly.Symbol)]
internal abstract class ValueDeclarationAttribute : OptionDeclarationAttribute
{
    /// <summary>What the value is called in help: <c>port</c>.</summary>
    public string ValueName { get; set; } = "value";

    /// <summary>What the shell offers as values.</summary>
    public Completion Complete { get; set; }

    /// <summary>The words the shell offers, separated by spaces.</summary>
    public string Values { get; set; } = "";
}

/// <summary>An option without a value. On a <see cref="bool"/> property, or on an <see cref="int"/> one when <see cref="Counted"/>.</summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FlagAttribute(char letter = '\0') : OptionDeclarationAttribute
{
    public char Letter { get; } = letter;

    /// <summary>Each occurrence adds one.</summary>
    public bool Counted { get; set; }
}

/// <summary>
/// An option with a value, on a property of type <c>string?</c>, <c>int?</c>, <c>int</c> or, when <see cref="Repeatable"/>, <c>List&lt;string&gt;</c>.
/// Without <see cref="Repeatable"/> the last value wins, as with getopt.
/// </summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionAttribute(char letter = '\0') : ValueDeclarationAttribute
{
    public char Letter { get; } = letter;

    public bool Repeatable { get; set; }

    /// <summary>Smallest and largest number accepted for an <see cref="int"/>.</summary>
    public int Min { get; set; }

    public int Max { get; set; } = int.MaxValue;
}

/// <summary>
/// An option without a value that stands for configuration keywords, such as <c>-4</c> for <c>AddressFamily=inet</c>. It needs no property:
/// the settings go to <see cref="Command.Settings"/>, and over everything given before, as in OpenSSH.
/// </summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class SettingFlagAttribute(char letter, params string[] settings) : OptionDeclarationAttribute
{
    public char Letter { get; } = letter;

    public string[] Settings { get; } = settings;
}

/// <summary>
/// An option whose value is the value of a configuration keyword, such as <c>-p</c> for <c>Port</c>; with an empty keyword the value is
/// itself <c>Keyword=value</c> or <c>Keyword value</c>. Collected in <see cref="Command.Settings"/>.
/// </summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class SettingOptionAttribute(char letter, string keyword) : ValueDeclarationAttribute
{
    public char Letter { get; } = letter;

    public string Keyword { get; } = keyword;

    /// <summary>The last one wins over all settings given before; otherwise the first one wins, or they add up, as the keyword has it.</summary>
    public bool Overrides { get; set; }
}

using System.Diagnostics;

namespace Qssh.Commands.Framework;

/// <summary>A word that is not an option, on a <c>string?</c> property; operands are filled in the order of their declaration.</summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OperandAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public string Help { get; set; } = "";

    public bool Optional { get; set; }

    public Completion Complete { get; set; }

    public string Values { get; set; } = "";
}

/// <summary>All further words, untouched, on a <c>List&lt;string&gt;</c> property.</summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RestOperandsAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public string Help { get; set; } = "";

    /// <summary>At least one word must be there.</summary>
    public bool Required { get; set; }

    public Completion Complete { get; set; }
}

/// <summary>One more section of the manual page; paragraphs are separated by empty lines.</summary>
[Conditional(GeneratorOnly.Symbol)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class ManSectionAttribute(string title, string text) : Attribute
{
    public string Title { get; } = title;

    public string Text { get; } = text;
}

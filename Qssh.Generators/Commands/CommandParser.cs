using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Qssh.Generators.Commands;

/// <summary>Symbols to model: the one place that sees Roslyn symbols. Findings stand on the exact attribute or name.</summary>
internal sealed class CommandParser
{
    public const string FrameworkNamespace = "Qssh.Commands.Framework";
    public const string CommandAttribute = FrameworkNamespace + ".CommandAttribute";

    private readonly INamedTypeSymbol _type;
    private readonly List<Finding> _findings = [];
    private readonly OptionParser _options;
    private readonly OperandParser _operands;

    private CommandParser(INamedTypeSymbol type)
    {
        _type = type;
        _options = new OptionParser(type.Name, _findings);
        _operands = new OperandParser(_findings);
    }

    public static ParsedCommand Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new CommandParser((INamedTypeSymbol)context.TargetSymbol).Parse((ClassDeclarationSyntax)context.TargetNode, context.Attributes[0]);
    }

    private ParsedCommand Parse(ClassDeclarationSyntax syntax, AttributeData attribute)
    {
        CheckShape(syntax);
        foreach (AttributeData data in _type.GetAttributes())
            _options.TakeSetting(data);

        foreach (IPropertySymbol property in Properties())
        {
            foreach (AttributeData data in property.GetAttributes())
            {
                _options.TakeProperty(property, data);
                _operands.Take(property, data);
            }
        }

        CommandModel model = Model(attribute);
        CheckNames(model, attribute);
        CheckTexts(model, attribute);
        CommandNames names = new(model.TypeName, model.Word, new EquatableArray<string>(AllPrograms(model)), attribute.Place());
        return new ParsedCommand(_findings.Count == 0 ? model : null, _findings.Count == 0 ? names : null, new EquatableArray<Finding>(_findings));
    }

    private CommandModel Model(AttributeData attribute) =>
        new(NamespaceName(), _type.Name, attribute.ArgumentText(0), new EquatableArray<string>(attribute.ArgumentTexts(1)))
        {
            SshName = attribute.Text("SshName"),
            Summary = attribute.Text("Summary"),
            Description = attribute.Text("Description"),
            Mode = attribute.Number("Mode"),
            UsageExitCode = attribute.Number("UsageExitCode", 1),
            Section = attribute.Number("Section", 1),
            Hidden = attribute.Truth("Hidden"),
            Options = new EquatableArray<OptionModel>(_options.Sorted()),
            Operands = new EquatableArray<OperandModel>(_operands.Operands),
            Sections = new EquatableArray<ManSectionModel>(Sections()),
        };

    private string NamespaceName() => _type.ContainingNamespace.IsGlobalNamespace ? "" : _type.ContainingNamespace.ToDisplayString();

    private IEnumerable<ManSectionModel> Sections() =>
        _type.GetAttributes()
            .Where(a => a.AttributeClass?.Name == "ManSectionAttribute")
            .Select(a => new ManSectionModel(a.ArgumentText(0), a.ArgumentText(1)));

    /// <summary>Properties of the class and its bases, the most basic first.</summary>
    private IEnumerable<IPropertySymbol> Properties()
    {
        Stack<INamedTypeSymbol> types = new();
        for (INamedTypeSymbol? type = _type; type != null && !IsCommandBase(type); type = type.BaseType)
            types.Push(type);

        return types.SelectMany(t => t.GetMembers().OfType<IPropertySymbol>());
    }

    private static bool IsCommandBase(INamedTypeSymbol type) => type.ToDisplayString() == FrameworkNamespace + ".Command";

    private void CheckShape(ClassDeclarationSyntax syntax)
    {
        bool partial = syntax.Modifiers.Any(SyntaxKind.PartialKeyword);
        if (!partial || _type.IsGenericType || _type.ContainingType != null || _type.IsAbstract)
            _findings.Add(Finding.At(CommandRules.NotPartial, SourcePlace.From(syntax.Identifier), _type.Name));

        INamedTypeSymbol? ancestor = _type.BaseType;
        while (ancestor != null && !IsCommandBase(ancestor))
            ancestor = ancestor.BaseType;

        if (ancestor == null)
            _findings.Add(Finding.At(CommandRules.NotCommand, SourcePlace.From(syntax.Identifier), _type.Name));
    }

    private void CheckNames(CommandModel model, AttributeData attribute)
    {
        foreach (string name in AllPrograms(model).Append(model.Word))
        {
            bool emptyAllowed = ReferenceEquals(name, model.Word) && model.Programs.Count > 0;
            if (name.Length == 0 ? !emptyAllowed : name[0] == '-' || !name.All(c => c < 128 && (char.IsLetterOrDigit(c) || c is '-' or '_')))
                _findings.Add(Finding.At(CommandRules.BadCommandName, attribute.Place(), name));
        }

        if (model.Summary.Length == 0 && !model.Hidden)
            _findings.Add(Finding.At(CommandRules.NoHelp, attribute.Place(), model.TypeName, "Summary"));
    }

    private void CheckTexts(CommandModel model, AttributeData attribute)
    {
        IEnumerable<string> texts = model.Options.SelectMany(o => new[] { o.Help, o.ValueName, o.NotYet ?? "", o.Note ?? "", o.Ignored ?? "" })
            .Concat(model.Operands.SelectMany(o => new[] { o.Help, o.Name }))
            .Concat(model.Sections.SelectMany(s => new[] { s.Title, s.Text }))
            .Append(model.Summary)
            .Append(model.Description);
        foreach (char c in texts.SelectMany(t => t).Where(c => c != '\n' && c is < ' ' or > '~').Distinct())
            _findings.Add(Finding.At(CommandRules.NotAscii, attribute.Place(), model.TypeName, c.ToString()));
    }

    private static IEnumerable<string> AllPrograms(CommandModel model) =>
        model.SshName.Length == 0 ? model.Programs : model.Programs.Append(model.SshName);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Qssh.Generators.Wire;

/// <summary>Reads one property of a declaration.</summary>
internal static class FieldParser
{
    private const string Namespace = "Qssh.Wire";
    private static readonly ImmutableArray<string> s_sizes = ["Fixed", "Length8", "Length16", "List8", "Rest"];

    /// <summary>The field, or null if the property is none or has findings.</summary>
    public static FieldModel? Parse(PropertyDeclarationSyntax syntax, IPropertySymbol symbol, List<Finding> findings)
    {
        ImmutableDictionary<string, AttributeData> attributes = WireAttributes(symbol);
        bool constant = attributes.ContainsKey("Expect");
        if (symbol.IsStatic || (attributes.IsEmpty && !HasInit(syntax)))
            return null;

        if (constant ? !IsConstantProperty(syntax) : !HasInit(syntax))
            return Reject(WireDiagnostics.Accessors, SourcePlace.From(syntax.Identifier), findings, symbol.Name);

        FieldModel? field = FieldTypes.Classify(symbol.Name, symbol.Type);
        if (field is null)
            return Reject(WireDiagnostics.FieldType, SourcePlace.From(syntax.Type), findings, symbol.Name);

        if (Misplaced(field, attributes) is { } misplaced)
            return Reject(WireDiagnostics.Misplaced, Place(misplaced.Value), findings, misplaced.Key, symbol.Name);

        int sizes = s_sizes.Count(attributes.ContainsKey);
        if (sizes != (NeedsSize(field) && !constant ? 1 : 0))
            return Reject(WireDiagnostics.SizeMissing, SourcePlace.From(syntax.Identifier), findings, symbol.Name);

        field = FieldAttributes.Apply(field, attributes);
        if (FieldAttributes.FindMisfit(field, attributes) is { } misfit)
            return Reject(WireDiagnostics.BadLimits, Place(misfit), findings, symbol.Name);

        return field;
    }

    private static bool HasInit(PropertyDeclarationSyntax syntax) =>
        syntax.AccessorList is { Accessors.Count: 2 } list
        && list.Accessors.Any(SyntaxKind.InitAccessorDeclaration)
        && list.Accessors.All(a => a.Body is null && a.ExpressionBody is null);

    private static bool IsConstantProperty(PropertyDeclarationSyntax syntax) =>
        syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
        && syntax.AccessorList is { Accessors.Count: 1 } list
        && list.Accessors.Any(SyntaxKind.GetAccessorDeclaration);

    private static FieldModel? Reject(DiagnosticDescriptor descriptor, SourcePlace? place, List<Finding> findings, params string[] arguments)
    {
        findings.Add(Finding.At(descriptor, place, arguments));
        return null;
    }

    private static bool NeedsSize(FieldModel field) => field.Form is FieldForm.Fixed or FieldForm.U16List8 or FieldForm.Records8;

    /// <summary>Attributes by name without suffix.</summary>
    private static ImmutableDictionary<string, AttributeData> WireAttributes(IPropertySymbol symbol) => symbol.GetAttributes()
        .Where(a => a.AttributeConstructor is not null && a.AttributeClass?.ContainingNamespace.ToDisplayString() == Namespace)
        .GroupBy(a => a.AttributeClass!.Name.Substring(0, a.AttributeClass.Name.Length - "Attribute".Length))
        .ToImmutableDictionary(same => same.Key, same => same.First());

    private static SourcePlace? Place(AttributeData attribute) => SourcePlace.From(attribute.ApplicationSyntaxReference!.GetSyntax());

    private static KeyValuePair<string, AttributeData>? Misplaced(FieldModel field, ImmutableDictionary<string, AttributeData> attributes)
    {
        ImmutableArray<string> allowed = FieldTypes.AllowedAttributes(field.Form);
        foreach (KeyValuePair<string, AttributeData> attribute in attributes.OrderBy(a => a.Key, System.StringComparer.Ordinal))
        {
            if (!allowed.Contains(attribute.Key))
                return attribute;
        }

        return null;
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Qssh.Generators.Wire;

/// <summary>Reads the declaration of a message or record and judges what concerns it as a whole.</summary>
internal static class WireParser
{
    public const string MessageAttribute = "Qssh.Wire.WireMessageAttribute";
    public const string RecordAttribute = "Qssh.Wire.WireRecordAttribute";

    public static Parsed<WireModel> Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancel)
    {
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        if (!HasRequiredShape(declaration, symbol))
            return Failed(Finding.At(WireDiagnostics.Shape, SourcePlace.From(declaration.Identifier), symbol.Name));

        var findings = new List<Finding>();
        var fields = new List<FieldModel>();
        foreach (MemberDeclarationSyntax member in declaration.Members)
        {
            cancel.ThrowIfCancellationRequested();
            FieldModel? field = ParseMember(member, context.SemanticModel, findings, cancel);
            if (field is null)
                continue;

            CheckPlace(field, fields, member, findings);
            fields.Add(field);
        }

        WireModel model = new(symbol.ContainingNamespace.ToDisplayString(), symbol.Name, TypeNumber(context), new EquatableArray<FieldModel>(fields));
        CheckWhole(model, declaration, findings);
        return findings.Count == 0 ? new Parsed<WireModel>(model, default) : new Parsed<WireModel>(null, new EquatableArray<Finding>(findings));
    }

    public static MessageNumber ParseNumber(GeneratorAttributeSyntaxContext context) =>
        new(TypeNumber(context) ?? 0, context.TargetSymbol.Name, SourcePlace.From(context.Attributes[0].ApplicationSyntaxReference!.GetSyntax()));

    private static Parsed<WireModel> Failed(Finding finding) => new(null, new EquatableArray<Finding>([finding]));

    private static byte? TypeNumber(GeneratorAttributeSyntaxContext context) =>
        context.Attributes[0].ConstructorArguments.FirstOrDefault().Value is byte type ? type : null;

    private static bool HasRequiredShape(TypeDeclarationSyntax declaration, INamedTypeSymbol symbol) =>
        declaration is StructDeclarationSyntax
        && symbol is { IsReadOnly: true, IsRefLikeType: true, ContainingType: null, Arity: 0 }
        && declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static FieldModel? ParseMember(MemberDeclarationSyntax member, SemanticModel semantics, List<Finding> findings, CancellationToken cancel)
    {
        if (member is PropertyDeclarationSyntax property && semantics.GetDeclaredSymbol(property, cancel) is { } symbol)
            return FieldParser.Parse(property, symbol, findings);

        // A field that is not a property would be state that does not travel.
        if (member is FieldDeclarationSyntax state && !state.Modifiers.Any(SyntaxKind.ConstKeyword) && !state.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            SyntaxToken name = state.Declaration.Variables[0].Identifier;
            findings.Add(Finding.At(WireDiagnostics.Accessors, SourcePlace.From(name), name.Text));
        }

        return null;
    }

    private static void CheckPlace(FieldModel field, List<FieldModel> before, MemberDeclarationSyntax member, List<Finding> findings)
    {
        var property = (PropertyDeclarationSyntax)member;
        if (before.Any(f => f.Form == FieldForm.Rest))
            findings.Add(Finding.At(WireDiagnostics.AfterRest, SourcePlace.From(property.Identifier), field.Name));

        if (field.Flag is not null && !before.Any(f => f.Form == FieldForm.Flag && f.Name == field.Flag))
            findings.Add(Finding.At(WireDiagnostics.NoFlag, SourcePlace.From(property.Identifier), field.Name, field.Flag));
    }

    private static void CheckWhole(WireModel model, TypeDeclarationSyntax declaration, List<Finding> findings)
    {
        if (model.Fields.Sum(f => (long)f.ConstantSize) > ushort.MaxValue)
            findings.Add(Finding.At(WireDiagnostics.TooLarge, SourcePlace.From(declaration.Identifier), model.Name));

        if (!model.IsRecord)
            return;

        foreach (FieldModel field in model.Fields.Where(f => !f.HasFixedSize))
        {
            PropertyDeclarationSyntax property = declaration.Members.OfType<PropertyDeclarationSyntax>().First(p => p.Identifier.ValueText == field.Name);
            findings.Add(Finding.At(WireDiagnostics.RecordField, SourcePlace.From(property.Identifier), field.Name));
        }
    }
}

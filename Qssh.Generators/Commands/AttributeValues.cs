using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Commands;

/// <summary>Reads arguments of an attribute by name, as values.</summary>
internal static class AttributeValues
{
    public static SourcePlace? Place(this AttributeData attribute) => SourcePlace.From(attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation());

    public static string Text(this AttributeData attribute, string name) => attribute.OptionalText(name) ?? "";

    public static string? OptionalText(this AttributeData attribute, string name) => attribute.Named(name).Value as string;

    public static bool Truth(this AttributeData attribute, string name) => attribute.Named(name).Value is true;

    /// <summary>A number, or the number behind an enum member.</summary>
    public static int Number(this AttributeData attribute, string name, int otherwise = 0) =>
        attribute.Named(name).Value is int number ? number : otherwise;

    public static string ArgumentText(this AttributeData attribute, int position) =>
        position < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[position].Value as string ?? "" : "";

    /// <summary>The letter, or nothing for NUL.</summary>
    public static string ArgumentLetter(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is char letter && letter != '\0' ? letter.ToString() : "";

    public static IEnumerable<string> ArgumentTexts(this AttributeData attribute, int position) =>
        position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position].Kind == TypedConstantKind.Array
            ? attribute.ConstructorArguments[position].Values.Select(v => v.Value as string ?? "")
            : [];

    private static TypedConstant Named(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value;
}

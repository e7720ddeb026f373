using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Wire;

/// <summary>Which types can be fields, and which attributes each of them takes.</summary>
internal static class FieldTypes
{
    /// <summary>The form that the type has before its attributes are looked at; null: none.</summary>
    public static FieldModel? Classify(string name, ITypeSymbol type)
    {
        string typeName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (type.SpecialType == SpecialType.System_Boolean)
            return new FieldModel(name, typeName, FieldForm.Flag);

        if (Width(Underlying(type)) is int width)
            return new FieldModel(name, typeName, FieldForm.Integer) { Width = width, IsEnum = type.TypeKind == TypeKind.Enum };

        return type.OriginalDefinition.ToDisplayString() switch
        {
            "System.ReadOnlySpan<T>" when typeName == "global::System.ReadOnlySpan<byte>" => new FieldModel(name, typeName, FieldForm.Fixed),
            "Qssh.Wire.U16List" => new FieldModel(name, typeName, FieldForm.U16List8),
            "Qssh.Wire.RecordList<T>" => new FieldModel(name, typeName, FieldForm.Records8) { RecordType = RecordType(type) },
            _ => null,
        };
    }

    public static ImmutableArray<string> AllowedAttributes(FieldForm form) => form switch
    {
        FieldForm.Integer => ["Range", "Bits", "Expect", "When"],
        FieldForm.Flag => ["When"],
        FieldForm.U16List8 => ["List8", "Falling", "When"],
        FieldForm.Records8 => ["List8", "When"],
        _ => ["Fixed", "Length8", "Length16", "List8", "Rest", "Rising", "Range", "Expect", "When"],
    };

    private static ITypeSymbol Underlying(ITypeSymbol type) => (type as INamedTypeSymbol)?.EnumUnderlyingType ?? type;

    private static int? Width(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Byte => sizeof(byte),
        SpecialType.System_UInt16 => sizeof(ushort),
        SpecialType.System_UInt32 => sizeof(uint),
        SpecialType.System_UInt64 => sizeof(ulong),
        _ => null,
    };

    private static string RecordType(ITypeSymbol type) =>
        ((INamedTypeSymbol)type).TypeArguments[0].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}

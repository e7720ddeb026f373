using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Commands;

/// <summary>Which property types can hold an option's value.</summary>
internal static class MemberTypes
{
    public static OptionKind? ValueKind(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String)
            return OptionKind.Text;

        if (type.SpecialType == SpecialType.System_Int32)
            return OptionKind.Number;

        if (type is not INamedTypeSymbol { TypeArguments.Length: 1 } generic)
            return null;

        SpecialType argument = generic.TypeArguments[0].SpecialType;
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && argument == SpecialType.System_Int32)
            return OptionKind.Number;

        bool isList = type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>";
        return isList && argument == SpecialType.System_String ? OptionKind.List : null;
    }

    public static bool MayBeNull(IPropertySymbol property) => property.Type.NullableAnnotation == NullableAnnotation.Annotated;
}

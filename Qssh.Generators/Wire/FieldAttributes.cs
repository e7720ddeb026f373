using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Wire;

/// <summary>Turns attributes into the model of a field and judges their values.</summary>
internal static class FieldAttributes
{
    public static FieldModel Apply(FieldModel field, ImmutableDictionary<string, AttributeData> attributes)
    {
        foreach (string name in attributes.Keys)
            field = Apply(field, name, attributes[name].ConstructorArguments);

        return field;
    }

    /// <summary>The attribute whose values cannot be meant; null: all fit.</summary>
    public static AttributeData? FindMisfit(FieldModel field, ImmutableDictionary<string, AttributeData> attributes) => attributes
        .OrderBy(a => a.Key, StringComparer.Ordinal)
        .Where(a => !Fits(field, a.Key))
        .Select(a => a.Value)
        .FirstOrDefault();

    private static FieldModel Apply(FieldModel field, string attribute, ImmutableArray<TypedConstant> values) => attribute switch
    {
        "Fixed" => field with { Form = FieldForm.Fixed, Size = new Limits(Number(values[0]), Number(values[0])) },
        "Length8" => field with { Form = FieldForm.Length8, Size = MaxFirst(values) },
        "Length16" => field with { Form = FieldForm.Length16, Size = MaxFirst(values) },
        "Rest" => field with { Form = FieldForm.Rest, Size = MaxFirst(values) },
        "List8" => field with { Form = field.Form == FieldForm.Fixed ? FieldForm.List8 : field.Form, Size = new Limits(Number(values[0]), Number(values[1])) },
        "Range" => field with { Range = new Limits(Number(values[0]), Number(values[1])) },
        "Bits" => field with { Bits = Number(values[0]) },
        "Rising" => field with { Rising = true },
        "Falling" => field with { Falling = true },
        "When" => field with { Flag = values[0].Value as string },
        "Expect" when values[0].Value is string text => field with { Form = FieldForm.ConstantText, Text = text },
        "Expect" => field with { Form = FieldForm.ConstantInteger, Constant = Number(values[0]) },
        _ => field,
    };

    private static bool Fits(FieldModel field, string attribute) => attribute switch
    {
        "Fixed" => field.Size.Max is > 0 and <= ushort.MaxValue,
        "Length8" => InOrder(field.Size, byte.MaxValue),
        "List8" => InOrder(field.Size, field.Form == FieldForm.U16List8 ? byte.MaxValue / 2u : byte.MaxValue),
        "Length16" or "Rest" => InOrder(field.Size, ushort.MaxValue),
        "Range" => InOrder(field.Range!, Largest(field)),
        "Bits" => field.Bits <= Largest(field),
        "Expect" when field.Form == FieldForm.ConstantText => field.Width == 0 && IsPlainText(field.Text!),
        "Expect" => field.Width != 0 && !field.IsEnum && field.Constant <= Largest(field),
        _ => true,
    };

    private static bool InOrder(Limits limits, ulong largest) => limits.Min <= limits.Max && limits.Max <= largest;

    private static ulong Largest(FieldModel field) => field.Width == 0 ? byte.MaxValue : ulong.MaxValue >> (64 - (8 * field.Width));

    private static bool IsPlainText(string text) => text.Length is > 0 and <= byte.MaxValue && text.All(c => c is >= ' ' and <= '~' and not '"' and not '\\');

    private static Limits MaxFirst(ImmutableArray<TypedConstant> values) => new(Number(values[1]), Number(values[0]));

    /// <summary>A negative number becomes a huge one, which fits nowhere.</summary>
    private static ulong Number(TypedConstant value) => value.Value switch
    {
        ulong number => number,
        int number => unchecked((ulong)number),
        _ => ulong.MaxValue,
    };
}

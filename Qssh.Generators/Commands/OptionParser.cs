using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Commands;

/// <summary>Collects the options of one class.</summary>
internal sealed class OptionParser(string typeName, List<Finding> findings)
{
    private readonly List<OptionModel> _options = [];

    /// <summary>In the order of help: letters alphabetically, small before capital, digits first; then options with a long name only.</summary>
    public IEnumerable<OptionModel> Sorted() =>
        _options
            .OrderBy(o => o.Letter.Length == 0)
            .ThenBy(o => o.Letter.ToLowerInvariant(), System.StringComparer.Ordinal)
            .ThenByDescending(o => o.Letter, System.StringComparer.Ordinal)
            .ThenBy(o => o.Long, System.StringComparer.Ordinal);

    /// <summary>An attribute of the class.</summary>
    public void TakeSetting(AttributeData data)
    {
        string name = data.AttributeClass?.Name ?? "";
        if (name == "SettingFlagAttribute")
            Add(Option(data, OptionKind.SettingFlag, "") with { Settings = new EquatableArray<string>(data.ArgumentTexts(1)), Overrides = true }, data);
        else if (name == "SettingOptionAttribute")
            Add(Option(data, OptionKind.SettingValue, data.ArgumentText(1)) with { Overrides = data.Truth("Overrides") }, data);
    }

    /// <summary>An attribute of a property.</summary>
    public void TakeProperty(IPropertySymbol property, AttributeData data)
    {
        string name = data.AttributeClass?.Name ?? "";
        if (name == "FlagAttribute")
            TakeFlag(property, data);
        else if (name == "OptionAttribute")
            TakeValue(property, data);
    }

    private void TakeFlag(IPropertySymbol property, AttributeData data)
    {
        bool counted = data.Truth("Counted");
        SpecialType wanted = counted ? SpecialType.System_Int32 : SpecialType.System_Boolean;
        if (property.Type.SpecialType != wanted || property.SetMethod == null)
            Report(CommandRules.BadMemberType, property, counted ? "int, as its flag is counted," : "bool");

        Add(Option(data, counted ? OptionKind.Counter : OptionKind.Flag, property.Name), data);
    }

    private void TakeValue(IPropertySymbol property, AttributeData data)
    {
        bool repeatable = data.Truth("Repeatable");
        OptionKind? kind = MemberTypes.ValueKind(property.Type);
        if (kind == null || repeatable != (kind == OptionKind.List) || (property.SetMethod == null && (kind != OptionKind.List || MemberTypes.MayBeNull(property))))
            Report(CommandRules.BadMemberType, property, repeatable ? "List<string>, as its option is repeatable," : "string?, int or int?");

        Add(Option(data, kind ?? OptionKind.Text, property.Name) with { CreatesList = MemberTypes.MayBeNull(property) }, data);
    }

    private static OptionModel Option(AttributeData data, OptionKind kind, string member)
    {
        OptionModel option = new(kind, data.ArgumentLetter(), data.Text("Long"), member)
        {
            Help = data.Text("Help"),
            NotYet = data.OptionalText("NotYet"),
            Note = data.OptionalText("Note"),
            Ignored = data.OptionalText("Ignored"),
            Hidden = data.Truth("Hidden"),
            Min = data.Number("Min"),
            Max = data.Number("Max", int.MaxValue),
            Complete = (CompletionKind)data.Number("Complete"),
            Values = data.Text("Values"),
        };
        return option.TakesValue ? option with { ValueName = data.OptionalText("ValueName") ?? "value" } : option;
    }

    private void Add(OptionModel option, AttributeData data)
    {
        if (!IsGoodName(option))
            findings.Add(Finding.At(CommandRules.BadOptionName, data.Place(), option.DisplayName));
        else if (_options.Any(o => o.Letter.Length > 0 && o.Letter == option.Letter))
            findings.Add(Finding.At(CommandRules.DuplicateOption, data.Place(), "-" + option.Letter, typeName));
        else if (_options.Any(o => o.Long.Length > 0 && o.Long == option.Long))
            findings.Add(Finding.At(CommandRules.DuplicateOption, data.Place(), "--" + option.Long, typeName));

        if (option.Help.Length == 0 && !option.Hidden)
            findings.Add(Finding.At(CommandRules.NoHelp, data.Place(), option.DisplayName, "Help"));

        _options.Add(option);
    }

    private static bool IsGoodName(OptionModel option)
    {
        if (option.Letter.Length > 0 && !IsAlphanumeric(option.Letter[0]))
            return false;

        return option.Long.Length > 0
            ? option.Long[0] != '-' && option.Long.All(c => c == '-' || (IsAlphanumeric(c) && !char.IsUpper(c)))
            : option.Letter.Length > 0;
    }

    private static bool IsAlphanumeric(char c) => c < 128 && char.IsLetterOrDigit(c);

    private void Report(DiagnosticDescriptor rule, IPropertySymbol property, string type) =>
        findings.Add(Finding.At(rule, SourcePlace.From(property.Locations.FirstOrDefault()), property.Name, type));
}

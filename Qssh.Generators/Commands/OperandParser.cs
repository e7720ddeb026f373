using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Commands;

/// <summary>Collects the operands of one class in the order of declaration.</summary>
internal sealed class OperandParser(List<Finding> findings)
{
    public List<OperandModel> Operands { get; } = [];

    public void Take(IPropertySymbol property, AttributeData data)
    {
        string name = data.AttributeClass?.Name ?? "";
        if (name is not ("OperandAttribute" or "RestOperandsAttribute"))
            return;

        bool rest = name == "RestOperandsAttribute";
        OperandModel operand = new(property.Name, data.ArgumentText(0))
        {
            Help = data.Text("Help"),
            IsRest = rest,
            Optional = rest ? !data.Truth("Required") : data.Truth("Optional"),
            CreatesList = rest && MemberTypes.MayBeNull(property),
            Complete = (CompletionKind)data.Number("Complete"),
            Values = data.Text("Values"),
        };
        Check(operand, property, data);
        Operands.Add(operand);
    }

    private void Check(OperandModel operand, IPropertySymbol property, AttributeData data)
    {
        OptionKind wanted = operand.IsRest ? OptionKind.List : OptionKind.Text;
        bool settable = property.SetMethod != null || (operand.IsRest && !operand.CreatesList);
        if (MemberTypes.ValueKind(property.Type) != wanted || !settable)
        {
            SourcePlace? place = SourcePlace.From(property.Locations.FirstOrDefault());
            findings.Add(Finding.At(CommandRules.BadMemberType, place, property.Name, operand.IsRest ? "List<string>" : "string?"));
        }

        if (Operands.Any(o => o.IsRest || (o.Optional && !operand.Optional)))
            findings.Add(Finding.At(CommandRules.OperandOrder, data.Place(), operand.Name));

        if (operand.Help.Length == 0)
            findings.Add(Finding.At(CommandRules.NoHelp, data.Place(), operand.Name, "Help"));
    }
}

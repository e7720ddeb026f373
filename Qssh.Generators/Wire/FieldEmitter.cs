using System.Collections.Generic;
using System.Linq;

namespace Qssh.Generators.Wire;

/// <summary>Expressions and statements for one field.</summary>
internal static class FieldEmitter
{
    public static string Local(FieldModel field) => "field" + field.Name;

    public static string Constant(FieldModel field) => field.Form == FieldForm.ConstantText ? $"\"{field.Text}\"u8" : field.Constant.ToString();

    public static string Guard(FieldModel field) => field.Flag is null ? "" : $"if ({field.Flag}) ";

    public static string ReadGuard(FieldModel field) => field.Flag is null ? "" : $"if (field{field.Flag}) ";

    /// <summary>The sum of all sizes, what is constant added up here.</summary>
    public static string TotalSize(EquatableArray<FieldModel> fields)
    {
        int constant = fields.Where(f => f.Flag is null).Sum(f => f.ConstantSize);
        IEnumerable<string> variable = fields.Select(VariableSize).Where(s => s.Length > 0);
        return string.Join(" + ", new[] { constant.ToString() }.Concat(variable));
    }

    public static string Write(WireModel model, FieldModel field)
    {
        string name = Quoted(model, field);
        string limits = $"{field.Size.Min}, {field.Size.Max}, {name}";
        string value = field.IsEnum ? $"({UnderlyingName(field.Width)}){field.Name}" : field.Name;
        return field.Form switch
        {
            FieldForm.Integer or FieldForm.ConstantInteger => $"writer.WriteU{8 * field.Width}({value});",
            FieldForm.Flag => $"writer.WriteFlag({value});",
            FieldForm.Fixed => $"writer.WriteBytes({value}, {field.Size.Max}, {name});",
            FieldForm.ConstantText => $"writer.WriteBytes({value});",
            FieldForm.Length8 or FieldForm.List8 => $"writer.WriteByteString8({value}, {limits});",
            FieldForm.Length16 => $"writer.WriteByteString16({value}, {limits});",
            FieldForm.Rest => $"writer.WriteRest({value}, {limits});",
            FieldForm.U16List8 => $"writer.WriteU16List8({value}, {limits});",
            _ => $"writer.WriteRecords8({value}, {limits});",
        };
    }

    public static string Read(WireModel model, FieldModel field)
    {
        string read = ReadCall(field, Quoted(model, field));
        if (field.Form == FieldForm.ConstantText)
            return $"{ReadGuard(field)}{read};";

        string value = field.IsEnum ? $"({field.TypeName}){read}" : read;
        return field.Flag is null ? $"{field.TypeName} {Local(field)} = {value};" : $"{field.TypeName} {Local(field)} = field{field.Flag} ? {value} : default;";
    }

    public static IEnumerable<string> Checks(WireModel model, FieldModel field)
    {
        string name = Quoted(model, field);
        string value = field.IsEnum ? $"(ulong){Local(field)}" : Local(field);
        if (field.Form == FieldForm.ConstantInteger)
            yield return $"global::Qssh.Wire.WireCheck.Range({value}, {field.Constant}, {field.Constant}, {name});";
        if (field.Range is not null)
            yield return $"global::Qssh.Wire.WireCheck.Range({value}, {field.Range.Min}, {field.Range.Max}, {name});";
        if (field.Bits is not null)
            yield return $"global::Qssh.Wire.WireCheck.Bits({value}, {field.Bits}, {name});";
        if (field.Rising)
            yield return $"global::Qssh.Wire.WireCheck.Rising({value}, {name});";
        if (field.Falling)
            yield return $"global::Qssh.Wire.WireCheck.Falling({value}, {name});";
    }

    private static string ReadCall(FieldModel field, string name)
    {
        string limits = $"{field.Size.Min}, {field.Size.Max}, {name}";
        return field.Form switch
        {
            FieldForm.Integer or FieldForm.ConstantInteger => $"reader.U{8 * field.Width}({name})",
            FieldForm.Flag => $"reader.Flag({name})",
            FieldForm.Fixed => $"reader.Bytes({field.Size.Max}, {name})",
            FieldForm.ConstantText => $"reader.Expect({Constant(field)}, {name})",
            FieldForm.Length8 or FieldForm.List8 => $"reader.ByteString8({limits})",
            FieldForm.Length16 => $"reader.ByteString16({limits})",
            FieldForm.Rest => $"reader.Rest({limits})",
            FieldForm.U16List8 => $"reader.U16List8({limits})",
            _ => $"reader.Records8<{field.RecordType}>({limits})",
        };
    }

    /// <summary>What <see cref="TotalSize"/> has to add at run time; empty: nothing.</summary>
    private static string VariableSize(FieldModel field)
    {
        string length = field.Form switch
        {
            FieldForm.Length8 or FieldForm.Length16 or FieldForm.List8 or FieldForm.Rest => $"{field.Name}.Length",
            FieldForm.U16List8 or FieldForm.Records8 => $"{field.Name}.Bytes.Length",
            _ => "",
        };
        if (field.Flag is null)
            return length;

        return $"({field.Flag} ? {field.ConstantSize}{(length.Length > 0 ? " + " + length : "")} : 0)";
    }

    private static string UnderlyingName(int width) => width switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };

    private static string Quoted(WireModel model, FieldModel field) => $"\"{model.Name}.{field.Name}\"";
}

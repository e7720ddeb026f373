namespace Qssh.Generators.Wire;

/// <summary>How the value of a field stands on the wire.</summary>
internal enum FieldForm
{
    Integer,
    Flag,
    Fixed,
    Length8,
    Length16,
    List8,
    Rest,
    U16List8,
    Records8,
    ConstantText,
    ConstantInteger,
}

/// <summary>Inclusive limits.</summary>
internal sealed record Limits(ulong Min, ulong Max);

/// <summary>One field of a message; only values, so that equal declarations compare equal.</summary>
internal sealed record FieldModel(string Name, string TypeName, FieldForm Form)
{
    /// <summary>Bytes of an integer.</summary>
    public int Width { get; init; }

    /// <summary>The type is an enum over the integer.</summary>
    public bool IsEnum { get; init; }

    /// <summary>Of the length, or of the number of items.</summary>
    public Limits Size { get; init; } = new(0, 0);

    public Limits? Range { get; init; }

    public ulong? Bits { get; init; }

    public string? Text { get; init; }

    public ulong Constant { get; init; }

    public bool Rising { get; init; }

    public bool Falling { get; init; }

    /// <summary>Name of the bool that says whether this field is there.</summary>
    public string? Flag { get; init; }

    /// <summary>Type of the records of a list.</summary>
    public string? RecordType { get; init; }

    /// <summary>Bytes that are there whatever the value: the field itself or its length prefix.</summary>
    public int ConstantSize => Form switch
    {
        FieldForm.Integer or FieldForm.ConstantInteger => Width,
        FieldForm.Fixed => (int)Size.Max,
        FieldForm.ConstantText => Text!.Length,
        FieldForm.Length16 => sizeof(ushort),
        FieldForm.Rest => 0,
        _ => sizeof(byte),
    };

    public bool HasFixedSize => Flag is null && Form is FieldForm.Integer or FieldForm.Flag or FieldForm.Fixed or FieldForm.ConstantText or FieldForm.ConstantInteger;
}

/// <summary>A message, or a record if it has no type number.</summary>
internal sealed record WireModel(string Namespace, string Name, byte? Type, EquatableArray<FieldModel> Fields)
{
    public bool IsRecord => Type is null;
}

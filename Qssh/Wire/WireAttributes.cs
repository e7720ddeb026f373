namespace Qssh.Wire;

/// <summary>
/// Declares a message: a readonly ref partial struct whose properties, in order, are its fields. The generator adds MessageType, BodySize,
/// Size, Write, ToArray, Read and ReadMessage. A partial method <c>Check</c>, if there is one, judges what concerns several fields at once.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class WireMessageAttribute(byte type) : Attribute
{
    public byte Type { get; } = type;
}

/// <summary>Declares a part of fixed size, used in a <see cref="RecordList{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class WireRecordAttribute : Attribute;

/// <summary>Exactly this many bytes, no prefix.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FixedAttribute(int length) : Attribute
{
    public int Length { get; } = length;
}

/// <summary><c>b8&lt;&gt;</c>: u8 length, then bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class Length8Attribute(int max = byte.MaxValue, int min = 0) : Attribute
{
    public int Max { get; } = max;
    public int Min { get; } = min;
}

/// <summary><c>b16&lt;&gt;</c>: u16 length, then bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class Length16Attribute(int max = ushort.MaxValue, int min = 0) : Attribute
{
    public int Max { get; } = max;
    public int Min { get; } = min;
}

/// <summary>
/// A list whose limits count items. Of bytes and of u16 values it is a <c>b8&lt;&gt;</c>; of records the u8 before them is their number.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class List8Attribute(int min, int max) : Attribute
{
    public int Min { get; } = min;
    public int Max { get; } = max;
}

/// <summary>All that is left of the message; the last field only.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RestAttribute(int max = ushort.MaxValue, int min = 0) : Attribute
{
    public int Max { get; } = max;
    public int Min { get; } = min;
}

/// <summary>A constant, on a partial property with a getter only.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExpectAttribute : Attribute
{
    public ExpectAttribute(string ascii) => Value = ascii;

    public ExpectAttribute(ulong value) => Value = value;

    public object Value { get; }
}

/// <summary>The value, or each value of a list, lies between these.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RangeAttribute(ulong min, ulong max) : Attribute
{
    public ulong Min { get; } = min;
    public ulong Max { get; } = max;
}

/// <summary>No bit outside the mask is set.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BitsAttribute(ulong mask) : Attribute
{
    public ulong Mask { get; } = mask;
}

/// <summary>Strictly rising bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RisingAttribute : Attribute;

/// <summary>Strictly falling u16 values.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FallingAttribute : Attribute;

/// <summary>Present only if the named flag, a bool declared earlier, is set; else it has its zero value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WhenAttribute(string flag) : Attribute
{
    public string Flag { get; } = flag;
}

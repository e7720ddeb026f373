namespace Qssh.Json;

/// <summary>The kinds of a JSON value (RFC 8259, section 3).</summary>
internal enum JsonKind : byte
{
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}

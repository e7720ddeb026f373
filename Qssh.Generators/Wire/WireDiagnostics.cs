using Microsoft.CodeAnalysis;

namespace Qssh.Generators.Wire;

/// <summary>The mistakes that a declaration can contain; ids are stable.</summary>
internal static class WireDiagnostics
{
    public static readonly DiagnosticDescriptor Shape = Create("QSSHW001", "'{0}' must be a readonly ref partial struct, neither nested nor generic");
    public static readonly DiagnosticDescriptor DuplicateType = Create("QSSHW002", "'{0}' has the type number of '{1}'");
    public static readonly DiagnosticDescriptor FieldType = Create("QSSHW003", "'{0}' has a type that has no form on the wire");
    public static readonly DiagnosticDescriptor SizeMissing = Create("QSSHW004", "'{0}' needs exactly one attribute that gives its size");
    public static readonly DiagnosticDescriptor Misplaced = Create("QSSHW005", "'{0}' does not apply to the type of '{1}'");
    public static readonly DiagnosticDescriptor BadLimits = Create("QSSHW006", "the values given for '{0}' are reversed or do not fit its form");
    public static readonly DiagnosticDescriptor AfterRest = Create("QSSHW007", "'{0}' follows a field that takes the rest of the message");
    public static readonly DiagnosticDescriptor NoFlag = Create("QSSHW008", "'{0}' depends on '{1}', which is no bool declared before it");
    public static readonly DiagnosticDescriptor Accessors = Create("QSSHW009", "'{0}' must be a property with get and init, or partial with get alone if it is a constant");
    public static readonly DiagnosticDescriptor TooLarge = Create("QSSHW010", "'{0}' cannot fit a u16 length");
    public static readonly DiagnosticDescriptor RecordField = Create("QSSHW011", "'{0}' varies in size, which a field of a record must not");

    private static DiagnosticDescriptor Create(string id, string message) => Diagnostics.Error(id, "Qssh.Wire", message);
}

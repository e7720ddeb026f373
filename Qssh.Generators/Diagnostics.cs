using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Qssh.Generators;

/// <summary>A place in source, equal by value: a <see cref="Location"/> would keep its syntax tree alive and never compare equal.</summary>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace? From(Location? location)
    {
        if (location is null || !location.IsInSource)
            return null;

        FileLinePositionSpan lines = location.GetLineSpan();
        return new SourcePlace(lines.Path, location.SourceSpan, lines.Span);
    }

    public static SourcePlace? From(SyntaxNode node) => From(node.GetLocation());

    public static SourcePlace? From(SyntaxToken token) => From(token.GetLocation());

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}

/// <summary>A diagnostic found while parsing, equal by value; it becomes a real one only when reported.</summary>
internal sealed record Finding(DiagnosticDescriptor Descriptor, SourcePlace? Place, EquatableArray<string> Arguments)
{
    public static Finding At(DiagnosticDescriptor descriptor, SourcePlace? place, params string[] arguments) =>
        new(descriptor, place, new EquatableArray<string>(arguments));

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Place?.ToLocation() ?? Location.None, Arguments.ToArray<object?>());
}

/// <summary>What a parser found in one declaration: a model to emit unless there are findings.</summary>
internal sealed record Parsed<T>(T? Model, EquatableArray<Finding> Findings)
    where T : class;

/// <summary>Creates descriptors and reports findings, the same way for every generator.</summary>
internal static class Diagnostics
{
    /// <summary>Every finding is an error: a declaration that is not understood emits nothing.</summary>
    public static DiagnosticDescriptor Error(string id, string category, string message) =>
        new(id, message, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static void Report(SourceProductionContext context, IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Qssh.Generators.Wire;

/// <summary>Turns declared messages into their size, writer and reader: declaration > value-equal model > text.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WireGenerator : IIncrementalGenerator
{
    /// <summary>Tracking names of the steps; tests ask which of them an edit reran.</summary>
    public const string MessageStep = "WireMessage", RecordStep = "WireRecord";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, WireParser.MessageAttribute, MessageStep);
        Register(context, WireParser.RecordAttribute, RecordStep);
        RegisterUniqueness(context);
    }

    private static void Register(IncrementalGeneratorInitializationContext context, string attribute, string step)
    {
        IncrementalValuesProvider<Parsed<WireModel>> parsed = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (syntax, cancel) => WireParser.Parse(syntax, cancel));

        // Models carry no places in source, so an edit that only moves a declaration leaves its output cached.
        IncrementalValuesProvider<WireModel> models = parsed
            .Where(static p => p.Model is not null)
            .Select(static (p, _) => p.Model!)
            .WithTrackingName(step);

        context.RegisterSourceOutput(models, static (output, model) => output.AddSource($"{model.Namespace}.{model.Name}.g.cs", WireEmitter.Emit(model)));
        context.RegisterSourceOutput(parsed.Where(static p => p.Findings.Count > 0), static (output, p) => Diagnostics.Report(output, p.Findings));
    }

    private static void RegisterUniqueness(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<MessageNumber>> numbers = context.SyntaxProvider.ForAttributeWithMetadataName(
            WireParser.MessageAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (syntax, _) => WireParser.ParseNumber(syntax)).Collect();

        context.RegisterSourceOutput(numbers, static (output, all) => Diagnostics.Report(output, FindDuplicates(all)));
    }

    private static IEnumerable<Finding> FindDuplicates(ImmutableArray<MessageNumber> all)
    {
        var first = new Dictionary<byte, string>();
        foreach (MessageNumber number in all.OrderBy(n => n.Place?.Path, System.StringComparer.Ordinal).ThenBy(n => n.Place?.Span.Start))
        {
            if (first.TryGetValue(number.Type, out string other))
                yield return Finding.At(WireDiagnostics.DuplicateType, number.Place, number.Name, other);
            else
                first.Add(number.Type, number.Name);
        }
    }
}

/// <summary>A message's number and where it is given.</summary>
internal sealed record MessageNumber(byte Type, string Name, SourcePlace? Place);

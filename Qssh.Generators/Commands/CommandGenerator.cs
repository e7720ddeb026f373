using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Qssh.Generators.Commands;

/// <summary>
/// Commands, declared once: argument parsing, help, manual page and completions of each class marked <c>[Command]</c>, and the table that
/// selects one by argv[0] or by the first word.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CommandGenerator : IIncrementalGenerator
{
    public const string ModelStep = "CommandModel";
    public const string TableStep = "CommandTable";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedCommand> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(CommandParser.CommandAttribute, static (node, _) => node is ClassDeclarationSyntax, CommandParser.Parse);
        IncrementalValuesProvider<CommandModel> models = parsed.Where(static p => p.Model != null).Select(static (p, _) => p.Model!).WithTrackingName(ModelStep);
        IncrementalValueProvider<EquatableArray<CommandModel>> all = models.Collect()
            .Select(static (found, _) => InOrder(found))
            .WithTrackingName(TableStep);
        IncrementalValueProvider<ImmutableArray<CommandNames>> names = parsed.Where(static p => p.Names != null).Select(static (p, _) => p.Names!).Collect();
        IncrementalValueProvider<string> version = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.VersionPrefix", out string? text) ? text : "0.0.0");

        context.RegisterSourceOutput(parsed, static (output, p) => Diagnostics.Report(output, p.Findings));
        context.RegisterSourceOutput(names, static (output, n) => Diagnostics.Report(output, NameClashes.Find(n)));
        context.RegisterSourceOutput(models, static (output, model) => output.AddSource(model.TypeName + ".g.cs", CommandEmitter.Emit(model)));
        context.RegisterSourceOutput(all.Combine(version), static (output, pair) => EmitTable(output, pair.Left, pair.Right));
    }

    /// <summary>The client first, then by word; names that clash would not compile and are left out.</summary>
    private static EquatableArray<CommandModel> InOrder(IEnumerable<CommandModel> models) =>
        new(models.GroupBy(m => m.Word).Select(g => g.First()).OrderBy(m => m.Word, System.StringComparer.Ordinal));

    private static void EmitTable(SourceProductionContext output, EquatableArray<CommandModel> commands, string version)
    {
        if (commands.Count == 0)
            return;

        output.AddSource("CommandTable.g.cs", TableEmitter.Emit(commands, version));
        output.AddSource("CompletionScripts.g.cs", CompletionEmitter.Emit(commands));
    }
}

using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Qssh.Wire;

namespace Qssh.Tests.Support;

/// <summary>One generator over a snippet that sees the internals of qssh; edits can follow, to see what they rerun.</summary>
internal sealed class GeneratorRun
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(WireReader).Assembly.Location),
    ];

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp13);

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;
    private Compilation? _output;

    public GeneratorRun(IIncrementalGenerator generator, params string[] sources)
    {
        // qssh opens its internals to an assembly of this name.
        _compilation = CSharpCompilation.Create(
            "Qssh.Tests",
            sources.Select(Parse),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        _driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            parseOptions: s_parse,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    /// <summary>What the generator itself reported.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>Errors of the snippet together with what was generated for it.</summary>
    public IReadOnlyList<Diagnostic> CompileErrors { get; private set; } = [];

    public IReadOnlyList<string> GeneratedTexts => [.. Result.GeneratedSources.Select(s => s.SourceText.ToString())];

    private GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>The text that a diagnostic underlines.</summary>
    public string Underlined(Diagnostic diagnostic)
    {
        SyntaxTree tree = _compilation.SyntaxTrees.Single(t => t.FilePath == diagnostic.Location.GetLineSpan().Path);
        return tree.GetText().ToString(diagnostic.Location.SourceSpan);
    }

    /// <summary>Replaces one source and runs again.</summary>
    public void Edit(int index, string source)
    {
        _compilation = _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[index], Parse(source, index));
        Run();
    }

    /// <summary>The snippet and what was generated for it, ready to run.</summary>
    public Assembly Load()
    {
        using MemoryStream image = new();
        EmitResult result = _output!.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));

        image.Position = 0;
        return new AssemblyLoadContext("snippet").LoadFromStream(image);
    }

    /// <summary>Why each output of a tracked step was or was not made anew in the last run.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason)];

    private static SyntaxTree Parse(string source, int index) => CSharpSyntaxTree.ParseText(source, s_parse, $"Snippet{index}.cs");

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation output, out _);
        _output = output;
        CompileErrors = [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
    }
}

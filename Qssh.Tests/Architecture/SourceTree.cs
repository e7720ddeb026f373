using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Qssh.Generators.Commands;
using Qssh.Generators.Wire;
using Qssh.Tests.Support;

namespace Qssh.Tests.Architecture;

/// <summary>The product's sources as the compiler sees them, with what our generators add.</summary>
internal sealed class SourceTree
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp13, preprocessorSymbols: ["NET", "NET9_0", "NET9_0_OR_GREATER"]);
    private static readonly Lazy<SourceTree> s_product = new(Compile);

    private readonly Compilation _compilation;
    private readonly Lazy<ImmutableArray<(SyntaxNode, ISymbol?)>> _names;

    private SourceTree(Compilation compilation, ImmutableArray<SyntaxTree> files)
    {
        _compilation = compilation;
        Files = files;
        _names = new(() => [.. Files.SelectMany(Names)]);
    }

    public static SourceTree Product => s_product.Value;

    /// <summary>Hand-written files; their paths start at the repository.</summary>
    public ImmutableArray<SyntaxTree> Files { get; }

    /// <summary>Every name, and every creation of an object without one, with what it stands for.</summary>
    public IEnumerable<(SyntaxNode Node, ISymbol Symbol)> Uses => _names.Value.Where(name => name.Item2 is not null)!;

    /// <summary>Names that stand for nothing here: a rule would not see them.</summary>
    public IEnumerable<string> UnknownNames =>
        _names.Value.Where(name => name.Item2 is null).Select(name => $"{Place(name.Item1)}: {name.Item1}");

    /// <summary>One more file beside the product's, to see that a rule finds what it is for.</summary>
    public static SourceTree With(string path, string source)
    {
        SyntaxTree file = Parse(path, source);
        return new SourceTree(Product._compilation.AddSyntaxTrees(file), [file]);
    }

    /// <summary>Every C# file of a project that a person wrote.</summary>
    public static IEnumerable<string> Enumerate(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => path.Split('/')[1] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal);

    public static SyntaxTree Parse(string path) => Parse(path, File.ReadAllText(Path.Combine(Repository.Root, path)));

    public static SyntaxTree Parse(string path, string source) => CSharpSyntaxTree.ParseText(source, s_parse, path);

    public static IEnumerable<SyntaxNode> Nodes(SyntaxTree file) => file.GetRoot().DescendantNodes();

    /// <summary>"file:line" of a node.</summary>
    public static string Place(SyntaxNode node) => $"{node.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>The text that a constant expression stands for.</summary>
    public string? Constant(ExpressionSyntax expression) => _compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression).Value as string;

    /// <summary>Whether a symbol is declared by the product.</summary>
    public bool IsOurs(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _compilation.Assembly);

    /// <summary>The type that a symbol is, or is a member of; null for namespaces, locals and the like.</summary>
    public static INamedTypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IAliasSymbol alias => TypeOf(alias.Target),
        INamedTypeSymbol type => type,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
        _ => null,
    };

    private static SourceTree Compile()
    {
        ImmutableArray<SyntaxTree> files = [.. Enumerate("Qssh").Select(Parse)];
        CSharpCompilation bare = CSharpCompilation.Create(
            "qssh",
            [.. files, CSharpSyntaxTree.ParseText(ImplicitUsings, s_parse)],
            References(),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(
            [new WireGenerator().AsSourceGenerator(), new CommandGenerator().AsSourceGenerator()],
            parseOptions: s_parse).RunGeneratorsAndUpdateCompilation(bare, out Compilation compilation, out _);
        return new SourceTree(compilation, files);
    }

    private IEnumerable<(SyntaxNode, ISymbol?)> Names(SyntaxTree file)
    {
        SemanticModel model = _compilation.GetSemanticModel(file);
        foreach (SyntaxNode node in Nodes(file))
        {
            // The new name of "using X = Y" stands for nothing else; nameof and notnull are words of the language.
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)
                || node.Parent is NameEqualsSyntax { Parent: UsingDirectiveSyntax } || node.ToString() is "nameof" or "notnull" or "unmanaged")
            {
                continue;
            }

            SymbolInfo info = model.GetSymbolInfo(node);
            yield return (node, info.Symbol ?? info.CandidateSymbols.FirstOrDefault());
        }
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Qssh.Tests.Architecture;

/// <summary>Folder = namespace = layer, and arrows between layers point down only.</summary>
public sealed class ArrowTests
{
    /// <summary>A file may use one folder that it otherwise must not: each with its reason.</summary>
    private static readonly (string File, string To, string Reason)[] s_exceptions =
    [
    ];

    [Fact]
    public void Every_name_is_understood() => Report.Empty(SourceTree.Product.UnknownNames);

    [Fact]
    public void Folders_are_those_of_the_layout()
    {
        Assert.All(SourceTree.Product.Files, file => Assert.True(Arrows.IsFolder(Folder(file.FilePath)), $"{file.FilePath} is in a folder of its own"));
        Assert.NotEmpty(SourceTree.Product.Files);
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        List<string> wrong = [];
        foreach (SyntaxTree file in SourceTree.Product.Files)
        {
            string expected = Path.GetDirectoryName(file.FilePath)!.Replace('/', '.');
            foreach (BaseNamespaceDeclarationSyntax space in SourceTree.Nodes(file).OfType<BaseNamespaceDeclarationSyntax>())
            {
                if (space.Name.ToString() != expected)
                    wrong.Add($"{SourceTree.Place(space)}: namespace {space.Name} in folder {expected}");
            }

            if (!SourceTree.Nodes(file).Any(node => node is BaseNamespaceDeclarationSyntax))
                wrong.Add($"{file.FilePath}: no namespace");
        }

        Report.Empty(wrong);
    }

    [Fact]
    public void Arrows_point_down() => Report.Empty(Violations(SourceTree.Product));

    [Fact]
    public void Every_exception_is_needed()
    {
        HashSet<(string, string)> used = [.. Crossings(SourceTree.Product).Select(c => (c.Node.SyntaxTree.FilePath, c.To))];
        Report.Empty(s_exceptions.Where(e => !used.Contains((e.File, e.To))).Select(e => $"{e.File} does not use {e.To}"));
    }

    [Theory]
    [InlineData("Wire", "using Qssh.Platform; class Bad { Reactor? r; }", "Platform")]
    [InlineData("Wire", "class Bad { int Size => Crypto.Aead.Aes256Gcm.KeySize; }", "Crypto")] // a relative name
    [InlineData("Crypto.Kem", "class Bad { object o = Wire.WireFault.Short; }", "Wire")]
    [InlineData("Record", "class Bad { object o = Handshake.Tier.T1; }", "Handshake")]
    [InlineData("Platform", "using static Qssh.Config.HostNames; class Bad { bool b = IsSafeHost(\"a\"); }", "Config")] // no type named
    [InlineData("Handshake", "class Bad { Identity.PublicKey? k; }", "Identity")]
    [InlineData("Auth", "class Bad { Server.PidFile? f; }", "Server")]
    public void Upward_and_sideways_arrows_are_found(string space, string source, string to)
    {
        string path = $"Qssh/{space.Replace('.', '/')}/Bad.cs";
        string usings = string.Concat(source.Split(';').TakeWhile(part => part.Trim().StartsWith("using", StringComparison.Ordinal)).Select(part => part + ";"));
        SourceTree tree = SourceTree.With(path, $"{usings} namespace Qssh.{space} {{ {source[usings.Length..]} }}");
        Assert.Contains(Violations(tree), line => line.StartsWith($"{path}:1: ", StringComparison.Ordinal) && line.Contains($"> {to} "));
    }

    private static IEnumerable<string> Violations(SourceTree tree) =>
        Crossings(tree)
            .Where(c => !s_exceptions.Any(e => e.File == c.Node.SyntaxTree.FilePath && e.To == c.To))
            .Select(c => $"{SourceTree.Place(c.Node)}: {Folder(c.Node.SyntaxTree.FilePath)} > {c.To} ({c.Type.Name})")
            .Distinct();

    private static IEnumerable<(SyntaxNode Node, string To, INamedTypeSymbol Type)> Crossings(SourceTree tree)
    {
        foreach ((SyntaxNode node, ISymbol symbol) in tree.Uses)
        {
            if (SourceTree.TypeOf(symbol) is not { } type || !tree.IsOurs(type))
                continue;
            string to = FolderOf(type.ContainingNamespace);
            if (!Arrows.Allows(Folder(node.SyntaxTree.FilePath), to))
                yield return (node, to, type);
        }
    }

    /// <summary>Qssh/Crypto/Kem/X.cs: Crypto; Qssh/Program.cs: Program.</summary>
    private static string Folder(string path) => path.Split('/') is [_, var folder, _, ..] ? folder : Path.GetFileNameWithoutExtension(path);

    private static string FolderOf(INamespaceSymbol space) =>
        space.ToDisplayString().Split('.') is [_, var folder, ..] ? folder : "Program";
}

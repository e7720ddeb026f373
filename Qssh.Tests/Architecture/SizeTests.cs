using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Qssh.Tests.Architecture;

/// <summary>One idea per file and per method: we aim at 250 and 30 lines, and these are the ends.</summary>
public sealed class SizeTests
{
    private const int MaximumFile = 500, MaximumMethod = 80;

    [Theory]
    [InlineData("Qssh")]
    [InlineData("Qssh.Generators")]
    [InlineData("Qssh.Tests")]
    [InlineData("Qssh.Fuzz")]
    [InlineData("Qssh.Lab")]
    public void Files_and_methods_are_short(string project)
    {
        IEnumerable<SyntaxTree> files = [.. SourceTree.Enumerate(project).Select(SourceTree.Parse)];
        Assert.NotEmpty(files);
        Report.Empty(files.SelectMany(TooLong));
    }

    [Fact]
    public void Long_files_and_methods_are_found()
    {
        string method = "int M()\n{" + new string('\n', MaximumMethod - 2) + "return 1; }\n";
        Assert.Empty(TooLong(SourceTree.Parse("a.cs", $"class C {{\n{method}}}\n")));
        Assert.Single(TooLong(SourceTree.Parse("a.cs", $"class C {{\n{method.Replace("return", "\nreturn")}}}\n")));
        Assert.Single(TooLong(SourceTree.Parse("a.cs", new string('\n', MaximumFile + 1))));
    }

    private static IEnumerable<string> TooLong(SyntaxTree file)
    {
        int lines = file.GetText().Lines.Count - 1;
        if (lines > MaximumFile)
            yield return $"{file.FilePath}:{lines}: more than {MaximumFile} lines";
        foreach (SyntaxNode node in SourceTree.Nodes(file))
        {
            if (node is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or LocalFunctionStatementSyntax))
                continue;
            FileLinePositionSpan span = node.GetLocation().GetLineSpan();
            int length = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (length > MaximumMethod)
                yield return $"{SourceTree.Place(node)}: {length} lines";
        }
    }
}

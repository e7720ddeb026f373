using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Qssh.Tests.Architecture;

/// <summary>
/// Code of a connection stays on its reactor's thread. A Task may be awaited by two, and the second goes on in the thread pool; a ValueTask,
/// which ours are, cannot.
/// </summary>
public sealed class ThreadTests
{
    private static readonly string[] s_ways = ["Task", "AsTask", "WhenAll", "WhenAny", "ConfigureAwait", "ContinueWith", "ThreadPool"];

    [Fact]
    public void Nothing_leads_to_the_thread_pool() =>
        Report.Empty(SourceTree.Enumerate("Qssh").Select(SourceTree.Parse).SelectMany(Ways));

    [Theory]
    [InlineData("await Task.WhenAll(a, b);", 2)]
    [InlineData("Task<bool>[] both = [a.AsTask()];", 2)]
    [InlineData("await a.RunAsync();", 0)]
    public void Ways_there_are_found(string code, int count) =>
        Assert.Equal(count, Ways(SourceTree.Parse("a.cs", $"class C {{ async ValueTask M() {{ {code} }} }}\n")).Count());

    private static IEnumerable<string> Ways(SyntaxTree file)
    {
        foreach (SyntaxNode node in SourceTree.Nodes(file))
        {
            if (node is SimpleNameSyntax name && s_ways.Contains(name.Identifier.ValueText))
                yield return $"{SourceTree.Place(node)}: {name.Identifier.ValueText}";
        }
    }
}

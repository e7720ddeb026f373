using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Qssh.Errors;
using Xunit;

namespace Qssh.Tests.Architecture;

/// <summary>What the product must not use of the platform, and the few files that may.</summary>
public sealed class ForbiddenNameTests
{
    /// <param name="Name">A namespace or type, with all that is in it.</param>
    private sealed record Rule(string Name, string Reason, params string[] AllowedIn);

    private static readonly string[] s_pure = ["Qssh/Wire/", "Qssh/Schedule/", "Qssh/Handshake/", "Qssh/Record/", "Qssh/Crypto/", "Qssh/Compression/", "Qssh/Secrets/"];

    private static readonly Rule[] s_rules =
    [
        new("System.Random", "randomness is getrandom(2): Crypto/Rng"),
        new("System.Security.Cryptography", "the product carries its own cryptography", "Qssh/Secrets/ConstantTime.cs", "Qssh/Secrets/SecretBuffer.cs"),
        new("System.Runtime.InteropServices.LibraryImportAttribute", "native calls are in Platform", "Qssh/Platform/", "Qssh/Crypto/Rng/SystemRandom.cs"),
        new("System.Runtime.InteropServices.DllImportAttribute", "native calls are in Platform", "Qssh/Platform/", "Qssh/Crypto/Rng/SystemRandom.cs"),
        new("System.Runtime.InteropServices.NativeLibrary", "a static program loads nothing"),
        new("System.Console", "standard streams are Platform/StandardStreams"),
        new("System.NotImplementedException", "what is not built is not declared"),
        // Dispatcher prints the type of an exception that nobody expected.
        new("System.Reflection", "nothing is looked up by name at run time", "Qssh/Commands/Framework/Dispatcher.cs"),
        new("System.Activator", "nothing is looked up by name at run time"),
    ];

    /// <summary>Nothing below Transport does I/O, waits, logs or reads a clock: spans in, values out.</summary>
    private static readonly string[] s_impure =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.Stream", "System.IO.FileStream", "System.Net.Sockets", "System.Threading.Tasks", "System.Threading.Thread",
        "System.Threading.Timer", "System.Diagnostics.Stopwatch", "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.Environment.TickCount64", "Microsoft.Extensions.Logging",
    ];

    [Fact]
    public void Forbidden_names_are_not_used() => Report.Empty(Violations(SourceTree.Product));

    [Fact]
    public void Only_operations_on_memory_are_used_of_the_platforms_cryptography() => Assert.Equal(
        ["CryptographicOperations"],
        SourceTree.Product.Uses.Select(use => SourceTree.TypeOf(use.Symbol)).OfType<INamedTypeSymbol>()
            .Where(type => type.ContainingNamespace.ToDisplayString() == "System.Security.Cryptography").Select(type => type.Name).Distinct());

    /// <summary>Queries were 0.2 MB of generics. A collection expression with a spread of an interface calls them too, out of sight.</summary>
    [Fact]
    public void No_query_is_compiled_in() =>
        Assert.DoesNotContain("System.Linq", typeof(FailureException).Assembly.GetReferencedAssemblies().Select(reference => reference.Name));

    [Fact]
    public void Native_functions_are_those_of_the_C_library()
    {
        List<(string Place, string? Library, string Name)> imports = [.. Imports(SourceTree.Product)];
        Assert.NotEmpty(imports);
        Assert.All(imports, import => Assert.Equal("libc", import.Library));
        // glibc's own functions of that kind. getrandom is the kernel's generator.
        Assert.DoesNotContain(imports, import => import.Name is "crypt" or "crypt_r" or "encrypt" or "rand" or "random" or "arc4random");
    }

    [Theory]
    [InlineData("Server", "int Draw() => Random.Shared.Next();", "System.Random")]
    [InlineData("Server", "System.Random r = new(1);", "System.Random")]
    [InlineData("Secrets", "byte[] h = System.Security.Cryptography.SHA256.HashData([]);", "System.Security.Cryptography")]
    [InlineData("Client", "void Say() => Console.Error.WriteLine();", "System.Console")]
    [InlineData("Client", "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int close(int fd);", "System.Runtime.InteropServices.DllImportAttribute")]
    [InlineData("Mux", "void Later() => throw new NotImplementedException();", "System.NotImplementedException")]
    [InlineData("Record", "System.Threading.Tasks.Task Wait() => System.Threading.Tasks.Task.CompletedTask;", "System.Threading.Tasks")]
    [InlineData("Handshake", "System.DateTime Now => System.DateTime.UtcNow;", "System.DateTime.UtcNow")]
    public void Forbidden_names_are_found(string folder, string member, string name)
    {
        string path = $"Qssh/{folder}/Bad.cs";
        SourceTree tree = SourceTree.With(path, $"namespace Qssh.{folder};\nclass Bad {{ {member} }}");
        Assert.Contains(Violations(tree), line => line.StartsWith($"{path}:2: {name}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Violations(SourceTree tree)
    {
        foreach ((SyntaxNode node, ISymbol symbol) in tree.Uses)
        {
            if (SourceTree.TypeOf(symbol) is not { } type || tree.IsOurs(type))
                continue;
            string path = node.SyntaxTree.FilePath;
            string[] names = [.. Names(symbol, type)];
            if (s_rules.FirstOrDefault(rule => names.Contains(rule.Name) && !rule.AllowedIn.Any(path.StartsWith)) is { } rule)
                yield return $"{SourceTree.Place(node)}: {rule.Name}: {rule.Reason}";
            if (s_pure.Any(path.StartsWith) && s_impure.FirstOrDefault(names.Contains) is { } impure)
                yield return $"{SourceTree.Place(node)}: {impure}: no I/O, waiting, logging or clock below Transport";
        }
    }

    /// <summary>Member, type, its containing types and namespaces, all in full.</summary>
    private static IEnumerable<string> Names(ISymbol symbol, INamedTypeSymbol type)
    {
        yield return $"{type.OriginalDefinition.ToDisplayString()}.{symbol.Name}";
        for (ISymbol? outer = type.OriginalDefinition; outer is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false }; outer = outer.ContainingSymbol)
            yield return outer.ToDisplayString();
    }

    private static IEnumerable<(string Place, string? Library, string Name)> Imports(SourceTree tree)
    {
        foreach ((SyntaxNode node, ISymbol symbol) in tree.Uses)
        {
            if (symbol is not IMethodSymbol { ContainingType.Name: "LibraryImportAttribute" or "DllImportAttribute" })
                continue;
            if (node.Parent is AttributeSyntax { Parent.Parent: MethodDeclarationSyntax method } attribute)
                yield return (SourceTree.Place(node), tree.Constant(attribute.ArgumentList!.Arguments[0].Expression), method.Identifier.Text);
        }
    }
}

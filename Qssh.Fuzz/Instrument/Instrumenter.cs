using Mono.Cecil;

namespace Qssh.Fuzz.Instrument;

/// <summary>
/// Copies an assembly with a counter in each basic block and a report of each comparison with a constant, the feedback that
/// libFuzzer lives on.
/// </summary>
internal static class Instrumenter
{
    /// <summary>Left alone: its loops are hot, data does not steer them, and it is tested by vectors.</summary>
    private const string ExcludedNamespace = "Qssh.Crypto";

    /// <returns>The number of counters.</returns>
    public static int Run(string input, string output)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(input);
        var weaver = new MethodWeaver(assembly.MainModule, Coverage(assembly.MainModule));
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            if (IsExcluded(type))
                continue;

            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                    weaver.Weave(method.Body);
            }
        }

        assembly.Write(output);
        return weaver.Counters;
    }

    /// <summary>A reference back to this assembly: instrumented code and its harness are compiled into one library.</summary>
    private static TypeReference Coverage(ModuleDefinition module)
    {
        Type coverage = typeof(Native.Coverage);
        AssemblyNameReference own = AssemblyNameReference.Parse(coverage.Assembly.FullName);
        module.AssemblyReferences.Add(own);
        return new TypeReference(coverage.Namespace, coverage.Name, module, own);
    }

    private static bool IsExcluded(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;

        return type.Namespace == ExcludedNamespace || type.Namespace.StartsWith(ExcludedNamespace + ".", StringComparison.Ordinal);
    }
}

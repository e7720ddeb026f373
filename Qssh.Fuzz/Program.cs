using Qssh.Fuzz.Instrument;
using Qssh.Fuzz.Replay;

namespace Qssh.Fuzz;

/// <summary>The tool behind scripts/fuzz; replaying needs nothing but dotnet.</summary>
internal static class Program
{
    private const string Usage = """
        usage: list                       names and longest inputs of the targets
               replay [target...]         runs every stored input, and changes of it
               instrument IN OUT          copies an assembly with counters; prints how many
        """;

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["list"]:
                foreach (IFuzzTarget target in FuzzTargets.All)
                    Console.WriteLine($"{target.Name} {target.MaxLength}");
                return 0;
            case ["replay", .. var names]:
                return Replay(names);
            case ["instrument", var input, var output]:
                Console.WriteLine(Instrumenter.Run(input, output));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int Replay(string[] names)
    {
        int failed = 0;
        foreach (IFuzzTarget target in FuzzTargets.All)
        {
            if (names.Length > 0 && !names.Contains(target.Name))
                continue;

            try
            {
                Console.WriteLine($"{target.Name}: {CorpusReplay.Run(target)} inputs");
            }
            catch (FuzzException finding)
            {
                Console.Error.WriteLine(finding.Message);
                failed++;
            }
        }

        return failed == 0 ? 0 : 1;
    }
}

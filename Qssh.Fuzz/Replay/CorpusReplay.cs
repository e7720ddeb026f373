namespace Qssh.Fuzz.Replay;

/// <summary>Runs stored inputs without clang: what the tests do on every build.</summary>
internal static class CorpusReplay
{
    /// <summary>Random changes tried on each stored input; few, as looking for new paths is libFuzzer's work.</summary>
    public const int DefaultMutations = 200;

    public static string Corpora => Path.Combine(AppContext.BaseDirectory, "Corpora");

    public static IEnumerable<string> Files(IFuzzTarget target)
    {
        string folder = Path.Combine(Corpora, target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Every stored input of the target, then changed ones.</summary>
    /// <returns>The number of inputs run.</returns>
    /// <exception cref="FuzzException">Names the input, with what the target threw inside.</exception>
    public static int Run(IFuzzTarget target, int mutations = DefaultMutations)
    {
        int count = 0;
        foreach (string file in Files(target))
        {
            byte[] input = File.ReadAllBytes(file);
            RunOne(target, input, Path.GetFileName(file));
            count++;
            for (int seed = 0; seed < mutations; seed++, count++)
                RunOne(target, InputMutator.Mutate(input, seed, target.MaxLength), $"{Path.GetFileName(file)}, mutation {seed}");
        }

        return count;
    }

    private static void RunOne(IFuzzTarget target, byte[] input, string name)
    {
        try
        {
            FuzzTargets.Run(target, input);
        }
        catch (Exception exception)
        {
            string hex = Convert.ToHexString(input.AsSpan(0, Math.Min(input.Length, 512)));
            throw new FuzzException($"{target.Name}, {name}: {exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}\ninput {hex}");
        }
    }
}

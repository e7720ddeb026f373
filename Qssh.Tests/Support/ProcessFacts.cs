namespace Qssh.Tests.Support;

/// <summary>What the kernel tells of a process.</summary>
internal static class ProcessFacts
{
    public static bool Exists(int id) => Directory.Exists($"/proc/{id}");

    public static int Descriptors(int id) => Directory.GetFileSystemEntries($"/proc/{id}/fd").Length;

    /// <summary>Living and not yet collected ones alike, of any depth.</summary>
    public static IReadOnlyList<int> Descendants(int id)
    {
        ILookup<int, int> children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out int process) ? process : 0)
            .Where(process => process > 0)
            .ToLookup(Parent);
        List<int> found = [.. children[id]];
        for (int i = 0; i < found.Count; i++)
            found.AddRange(children[found[i]]);
        return found;
    }

    /// <summary>How often any thread of it went to sleep.</summary>
    public static long Switches(int id) => Directory.EnumerateDirectories($"/proc/{id}/task")
        .SelectMany(task => File.ReadLines(Path.Combine(task, "status")))
        .Where(line => line.StartsWith("voluntary_ctxt_switches", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(':')[1]));

    /// <summary>Fourth field of stat, after the name in brackets.</summary>
    private static int Parent(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0]);
        }
        catch (IOException)
        {
            return 0; // ended meanwhile
        }
    }
}

using Qssh.Crypto.Rng;
using Qssh.Secrets;

namespace Qssh.Lab.Memcheck;

/// <summary>
/// Runs the cases under valgrind's memcheck. A jump or an index that depends on a secret is a report; each case prints how many it made.
/// With --strict nothing is declassified: reports are then expected where the code argues for them.
/// The last case leaks on purpose: a run that does not see it has shown nothing.
/// </summary>
internal static class MemcheckRun
{
    private const string LeakName = "planted-leak";

    /// <returns>0 if no case made a report but the planted one.</returns>
    public static int Run(ReadOnlySpan<string> names)
    {
        if (!Valgrind.IsRunning)
        {
            Console.Error.WriteLine("qssh-lab memcheck has to run under valgrind: scripts/constant-time does");
            return 2;
        }

        if (!names.IsEmpty && names[0] == "--strict")
        {
            Declassified.IsIgnored = true;
            names = names[1..];
        }

        SystemRandom.Fill(stackalloc byte[1]); // finds the system call once, so that this is no case's report
        bool failed = false;
        foreach ((string name, Action run) in MemcheckCases.All)
        {
            if (names.IsEmpty || names.Contains(name))
                failed |= Reports(name, run) != 0;
        }

        bool sighted = Reports(LeakName, PlantedLeak) != 0;
        return failed || !sighted ? 1 : 0;
    }

    private static int Reports(string name, Action run)
    {
        int before = Valgrind.Reports;
        Console.Error.WriteLine($"== {name}");
        try
        {
            run();
        }
        catch (Exception failure)
        {
            // A branch that went the wrong way because of memcheck's view would show here: there is none, values stay what they are.
            Console.WriteLine($"{name,-34} failed: {failure.Message}");
            return 1;
        }

        int reports = Valgrind.Reports - before;
        Console.WriteLine($"{name,-34} {reports} report{(reports == 1 ? string.Empty : "s")}");
        return reports;
    }

    private static void PlantedLeak()
    {
        using Secret secret = new(32);
        int first = 0;
        while (first < 31 && secret.Span[first] != secret.Span[31])
            first++;
        Valgrind.MarkDefined(new Span<int>(ref first));
    }
}

using System.Diagnostics;
using System.Globalization;
using Qssh.Crypto.Rng;

namespace Qssh.Lab.Timing;

/// <summary>
/// Two classes of inputs in random order, and Welch's t over their times (Reparaz, Balasch, Verbauwhede, "Dude, is my code constant
/// time?", 2017). |t| above 10 three times running is a failure; a compare that stops at the first difference has to be seen.
/// </summary>
internal static class TimingRun
{
    private const double Limit = 10;
    private const int Slots = 64;

    /// <summary>Slower samples are interruptions: what is above this part of the first thousand is not counted.</summary>
    private const double Crop = 0.8;

    /// <returns>0 if all is as it should be.</returns>
    public static int Run(ReadOnlySpan<string> names)
    {
        bool failed = false;
        Console.WriteLine($"{"what",-26}{"t",9}  {"means, ns",-24} classes");
        foreach (TimingTest test in TimingTests.All)
        {
            if (!names.IsEmpty && !names.Contains(test.Name))
                continue;
            bool leaks = IsLeaking(test);
            failed |= leaks != (test == TimingTests.Planted);
        }

        return failed ? 1 : 0;
    }

    private static bool IsLeaking(TimingTest test)
    {
        Action<int> run = test.Prepare(Slots);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            WelchTest result = Measure(test, run);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{test.Name,-26}{result.T,9:F1}  {$"{result.Mean(0) / test.Repeats:F1} / {result.Mean(1) / test.Repeats:F1}",-24} {test.Classes}"));
            if (Math.Abs(result.T) <= Limit)
                return false;
        }

        return true;
    }

    private static WelchTest Measure(TimingTest test, Action<int> run)
    {
        byte[] order = new byte[test.Samples];
        double[] times = new double[test.Samples];
        SystemRandom.Fill(order);
        for (int i = 0; i < Math.Min(test.Samples, Slots); i++)
            run(i % Slots);
        for (int i = 0; i < times.Length; i++)
        {
            int slot = order[i] % Slots;
            long start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < test.Repeats; repeat++)
                run(slot);
            times[i] = (Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency;
        }

        double[] first = times[..Math.Min(times.Length, 1000)];
        Array.Sort(first);
        double longest = first[(int)(first.Length * Crop)];
        WelchTest welch = new();
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] <= longest)
                welch.Add(order[i] & 1, times[i]);
        }

        return welch;
    }
}

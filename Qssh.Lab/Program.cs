using Qssh.Lab.Cross;
using Qssh.Lab.Memcheck;
using Qssh.Lab.Packing;
using Qssh.Lab.Relay;
using Qssh.Lab.Speed;
using Qssh.Lab.Timing;

namespace Qssh.Lab;

/// <summary>The laboratory: the product's cryptography under memcheck and under the clock, beside others, and alone; and a slow link.</summary>
internal static class Program
{
    private const string Usage = "usage: qssh-lab memcheck|timing|cross|speed|packing|relay|link [what…]";

    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0)
            return Explain();
        string[] rest = arguments[1..];
        return arguments[0] switch
        {
            "memcheck" => MemcheckRun.Run(rest),
            "timing" => TimingRun.Run(rest),
            "cross" => CrossCommands.Run(Console.In, Console.Out),
            "speed" => SpeedRun.Run(rest),
            "packing" => PackingRun.Run(rest),
            "relay" when rest.Length >= 4 => RelayRun.Serve(rest),
            "link" when rest.Length >= 3 => RelayRun.Probe(rest),
            _ => Explain(),
        };
    }

    private static int Explain()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

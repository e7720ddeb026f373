using System.Runtime.InteropServices;
using System.Text;

namespace Qssh.Fuzz.Native;

/// <summary>What driver.c calls.</summary>
internal static unsafe class Exports
{
    private static IFuzzTarget? s_target;

    /// <returns>0, or -1 if there is no such target.</returns>
    [UnmanagedCallersOnly(EntryPoint = "qssh_fuzz_start")]
    public static int Start(
        byte* name,
        int nameLength,
        byte* counters,
        delegate* unmanaged[SuppressGCTransition]<uint, uint, void> onCompare4,
        delegate* unmanaged[SuppressGCTransition]<ulong, ulong, void> onCompare8)
    {
        Coverage.Counters = counters;
        Coverage.OnCompare4 = onCompare4;
        Coverage.OnCompare8 = onCompare8;
        s_target = FuzzTargets.Find(Encoding.UTF8.GetString(name, nameLength));
        return s_target is null ? -1 : 0;
    }

    /// <summary>An exception that the target does not expect ends the process: that is the crash libFuzzer saves.</summary>
    [UnmanagedCallersOnly(EntryPoint = "qssh_fuzz_one")]
    public static void One(byte* input, nuint length) => FuzzTargets.Run(s_target!, new ReadOnlySpan<byte>(input, (int)length));
}

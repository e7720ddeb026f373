using System.Runtime.CompilerServices;

namespace Qssh.Fuzz.Native;

/// <summary>
/// What instrumented code touches: one counter for each basic block, and what it compares with constants. Public because the instrumented
/// qssh.dll refers to it.
/// </summary>
public static unsafe class Coverage
{
    /// <summary>The counters, memory of the driver; set before any instrumented code runs.</summary>
    public static byte* Counters;

    internal static delegate* unmanaged[SuppressGCTransition]<uint, uint, void> OnCompare4;
    internal static delegate* unmanaged[SuppressGCTransition]<ulong, ulong, void> OnCompare8;

    /// <summary>Tells libFuzzer the operands, so that it can try the constant as input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compare4(int value, int constant)
    {
        if (OnCompare4 is not null)
            OnCompare4((uint)constant, (uint)value);
    }

    /// <inheritdoc cref="Compare4"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compare8(long value, long constant)
    {
        if (OnCompare8 is not null)
            OnCompare8((ulong)constant, (ulong)value);
    }
}

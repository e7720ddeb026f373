using Qssh.Secrets;

namespace Qssh.Record;

/// <summary>
/// Buffers for many frames, kept per thread: a connection lives on one thread, so nothing is locked. A slab that comes back is wiped as
/// far as it was used, since it held plaintext. Connections without traffic hold none.
/// </summary>
internal static class SlabPool
{
    /// <summary>A multiple of the frame size near 128 KiB: fits the second-level cache beside the data of the kernel's copy.</summary>
    public const int SlabSize = 176 * Frame.Size;

    /// <summary>More than this many idle slabs of a thread are left to the collector.</summary>
    private const int MaxKept = 8;

    [ThreadStatic]
    private static Stack<byte[]>? s_slabs;

    public static byte[] Rent() => s_slabs is { Count: > 0 } slabs ? slabs.Pop() : GC.AllocateUninitializedArray<byte>(SlabSize, pinned: true);

    /// <param name="used">Bytes from the start that may hold content.</param>
    public static void Return(byte[] slab, int used)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(slab.Length, SlabSize);
        ConstantTime.Wipe(slab.AsSpan(0, Math.Min(used, SlabSize)));
        Stack<byte[]> slabs = s_slabs ??= new Stack<byte[]>(MaxKept);
        if (slabs.Count < MaxKept)
            slabs.Push(slab);
    }
}

using Qssh.Secrets;

namespace Qssh.Record;

/// <summary>
/// Buffers for many frames, kept per thread: a connection lives on one thread, so nothing is locked. A slab that comes back is wiped as
/// far as it was used, since it held plaintext. Connections without traffic hold none.
/// </summary>
internal static class SlabPool
{
    /// <summary>
    /// A multiple of the frame size near 256 KiB: each call of the socket and each wake-up of the other side carries as much as still
    /// fits the second-level cache.
    /// </summary>
    public const int SlabSize = 352 * Frame.Size;

    /// <summary>
    /// Before login, and for the keystrokes and answers after it: holds the largest flight of the handshake and stays within what a
    /// server spends on a stranger (docs/protocol.md, section 9).
    /// </summary>
    public const int SmallSize = 80 * Frame.Size;

    /// <summary>More than this many idle slabs of a size and thread are left to the collector.</summary>
    private const int MaxKept = 8;

    [ThreadStatic]
    private static Stack<byte[]>? s_slabs;

    [ThreadStatic]
    private static Stack<byte[]>? s_small;

    public static byte[] Rent() => Kept(SlabSize).TryPop(out byte[]? slab) ? slab : GC.AllocateUninitializedArray<byte>(SlabSize, pinned: true);

    public static byte[] RentSmall() => Kept(SmallSize).TryPop(out byte[]? slab) ? slab : GC.AllocateUninitializedArray<byte>(SmallSize, pinned: true);

    /// <param name="used">Bytes from the start that may hold content.</param>
    public static void Return(byte[] slab, int used)
    {
        if (slab.Length is not (SlabSize or SmallSize))
            throw new ArgumentException("Not a slab of this pool.", nameof(slab));
        ConstantTime.Wipe(slab.AsSpan(0, Math.Min(used, slab.Length)));
        Stack<byte[]> kept = Kept(slab.Length);
        if (kept.Count < MaxKept)
            kept.Push(slab);
    }

    /// <summary>Leaves the idle slabs of this thread to the collector.</summary>
    public static void Clear() => s_slabs = s_small = null;

    private static Stack<byte[]> Kept(int size) => size == SlabSize ? s_slabs ??= new(MaxKept) : s_small ??= new(MaxKept);
}

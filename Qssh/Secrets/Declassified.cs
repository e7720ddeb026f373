using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qssh.Secrets;

/// <summary>
/// Marks the points where a value that was computed from secrets may from now on decide branches and indices, because the algorithm
/// publishes it or because it says nothing of the secret; why stands at each call and in docs/constant-time.md. In the product
/// these are nothing. The laboratory (Qssh.Lab) gives <see cref="Tell"/> a body, so that memcheck reports every other use.
/// </summary>
internal static partial class Declassified
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T value)
        where T : unmanaged
    {
        Tell(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Contents<T>(Span<T> contents)
        where T : unmanaged => Tell(MemoryMarshal.AsBytes(contents));

    static partial void Tell(Span<byte> bytes);
}

using System.Runtime.InteropServices;

namespace Qssh.Lab.Memcheck;

/// <summary>Requests to memcheck (Native/memcheck.c). Secrets must lie in native memory or on the stack: the collector moves the rest.</summary>
internal static unsafe partial class Valgrind
{
    public static bool IsRunning => OnValgrind() != 0;

    /// <summary>Reports so far.</summary>
    public static int Reports => CountErrors();

    public static void MarkUndefined<T>(ReadOnlySpan<T> secret)
        where T : unmanaged
    {
        fixed (T* pointer = secret)
            MarkUndefined(pointer, (nuint)(secret.Length * sizeof(T)));
    }

    public static void MarkDefined<T>(ReadOnlySpan<T> value)
        where T : unmanaged
    {
        fixed (T* pointer = value)
            MarkDefined(pointer, (nuint)(value.Length * sizeof(T)));
    }

    public static void MarkDefined<T>(Span<T> value)
        where T : unmanaged => MarkDefined((ReadOnlySpan<T>)value);

    [LibraryImport("memcheck", EntryPoint = "qssh_mark_undefined")]
    private static partial void MarkUndefined(void* pointer, nuint size);

    [LibraryImport("memcheck", EntryPoint = "qssh_mark_defined")]
    private static partial void MarkDefined(void* pointer, nuint size);

    [LibraryImport("memcheck", EntryPoint = "qssh_count_errors")]
    private static partial int CountErrors();

    [LibraryImport("memcheck", EntryPoint = "qssh_on_valgrind")]
    private static partial int OnValgrind();
}

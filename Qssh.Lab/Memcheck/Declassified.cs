using Qssh.Lab.Memcheck;

namespace Qssh.Secrets;

/// <summary>The laboratory's half: what the product declassifies is defined for memcheck from there on.</summary>
internal static partial class Declassified
{
    /// <summary>Set to see what memcheck reports at the points that are argued for: that it looks there at all.</summary>
    public static bool IsIgnored { get; set; }

    static partial void Tell(Span<byte> bytes)
    {
        if (!IsIgnored)
            Valgrind.MarkDefined(bytes);
    }
}

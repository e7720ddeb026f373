using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Qssh.Secrets;

/// <summary>
/// Operations on secrets whose time depends on lengths only. Whether two values are equal is what callers act on: that bit is declassified.
/// </summary>
internal static class ConstantTime
{
    /// <summary>Compares without leaking where the first difference is. Different lengths are unequal.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Declassified.Value(CryptographicOperations.FixedTimeEquals(left, right));

    /// <summary>Compares 16 bytes at once, for authentication tags on the hot path: one comparison of the whole, no loop.</summary>
    public static bool AreEqual(Vector128<byte> left, Vector128<byte> right) => Declassified.Value(left == right);

    /// <summary>Overwrites with zeros in a way that the compiler does not drop.</summary>
    public static void Wipe(Span<byte> secret) => CryptographicOperations.ZeroMemory(secret);
}

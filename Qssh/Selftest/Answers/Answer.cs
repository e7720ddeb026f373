using Qssh.Crypto.Hashes;

namespace Qssh.Selftest.Answers;

/// <summary>What the checks share.</summary>
internal static class Answer
{
    public static byte[] Hex(string digits) => Convert.FromHexString(digits);

    public static bool Is(ReadOnlySpan<byte> actual, string expected) => actual.SequenceEqual(Hex(expected));

    /// <summary>Long answers are kept as their SHA3-256.</summary>
    public static bool DigestIs(ReadOnlySpan<byte> actual, string expected)
    {
        Span<byte> digest = stackalloc byte[Sha3.Size256];
        Sha3.Hash256(actual, digest);
        return Is(digest, expected);
    }

    /// <summary>first, first + 1, …</summary>
    public static byte[] Ascending(int first, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)(first + i);
        return bytes;
    }
}

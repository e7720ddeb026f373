using System.Buffers.Binary;
using System.Numerics;
using Qssh.Crypto.Hashes;
using Qssh.Schedule;

namespace Qssh.Handshake;

/// <summary>
/// The price of a hello under load (docs/protocol.md, section 4, Cookie): a w such that H("work", cookie ‖ w, 32) begins with
/// the asked number of zero bits.
/// </summary>
internal static class WorkPuzzle
{
    /// <summary>About a million hashes, around a second: the most that a server may ask.</summary>
    public const int MaximumBits = 20;

    public static ulong Solve(ReadOnlySpan<byte> cookie, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaximumBits);
        Keccak start = Start(cookie);
        for (ulong answer = 0; ; answer++)
        {
            if (HasZeroBits(start, answer, bits))
                return answer;
        }
    }

    public static bool Check(ReadOnlySpan<byte> cookie, int bits, ulong answer) => HasZeroBits(Start(cookie), answer, bits);

    internal static void Hash(ReadOnlySpan<byte> cookie, ulong answer, Span<byte> output) => Hash(Start(cookie), answer, output);

    private static Keccak Start(ReadOnlySpan<byte> cookie)
    {
        Keccak sponge = Kdf.StartHash(Labels.Hash.Work);
        sponge.Absorb(cookie);
        return sponge;
    }

    private static bool HasZeroBits(in Keccak start, ulong answer, int bits)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(start, answer, hash);
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= bits;
    }

    private static void Hash(in Keccak start, ulong answer, Span<byte> output)
    {
        Keccak sponge = start;
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, answer);
        sponge.Absorb(number);
        sponge.Squeeze(output);
    }
}

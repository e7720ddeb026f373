using System.Runtime.InteropServices;

namespace Qssh.Crypto.Rng;

/// <summary>A source of random bytes.</summary>
internal delegate void FillBytes(Span<byte> destination);

/// <summary>
/// Tells a generator that has plainly failed (constant, stuck, or giving the same again) before a key for years is made of its output. It
/// says nothing about a generator that is bad in any finer way.
/// </summary>
internal static class RandomCheck
{
    /// <summary>Bytes of a second draw that the first is compared with.</summary>
    public const int WitnessSize = 32;

    /// <summary>
    /// Whether no eight bytes occur twice. Of sound output that happens by chance once in 2^59 keys; the comparison tells by its time only
    /// what no key is made of.
    /// </summary>
    /// <param name="draws">Several draws, one after the other.</param>
    public static bool IsPlausible(ReadOnlySpan<byte> draws)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(draws);
        for (int i = 1; i < words.Length; i++)
        {
            if (words[..i].Contains(words[i]))
                return false;
        }

        return true;
    }
}

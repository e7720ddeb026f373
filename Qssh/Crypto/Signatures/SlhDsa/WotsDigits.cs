using System.Runtime.CompilerServices;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// The digits that a WOTS+ signature signs: lines 1 to 7 of algorithms 7 and 8 of FIPS 205. What is signed is a root, which the
/// signature gives away: public.
/// </summary>
internal readonly struct WotsDigits
{
    private readonly Digits _digits;

    /// <param name="message">n bytes.</param>
    public WotsDigits(ReadOnlySpan<byte> message)
    {
        const int Mask = SlhDsaParameters.W - 1;
        int position = 0;
        int checksum = 0;
        foreach (byte value in message)
        {
            int high = value >> SlhDsaParameters.DigitBits;
            int low = value & Mask;
            checksum += (2 * Mask) - high - low;
            _digits[position++] = (byte)high;
            _digits[position++] = (byte)low;
        }

        // The checksum shifted left by 4 and read from the top of two bytes: its three digits, the highest first.
        for (int shift = (SlhDsaParameters.Len2 - 1) * SlhDsaParameters.DigitBits; shift >= 0; shift -= SlhDsaParameters.DigitBits)
            _digits[position++] = (byte)((checksum >> shift) & Mask);
    }

    public int this[int chain] => _digits[chain];

    [InlineArray(SlhDsaParameters.LargestLen)]
    private struct Digits
    {
        private byte _digit;
    }
}

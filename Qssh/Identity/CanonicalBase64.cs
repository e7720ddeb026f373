using System.Buffers.Text;
using Qssh.Secrets;

namespace Qssh.Identity;

/// <summary>
/// Base64 (RFC 4648, section 4) with exactly one spelling per value: padding is required, unused bits are zero, nothing else may
/// stand between. So no two different texts are the same key.
/// </summary>
internal static class CanonicalBase64
{
    /// <returns>Null: not canonical base64, or more than <paramref name="maximum"/> bytes. The length is checked before anything is decoded.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text, int maximum)
    {
        if (text.Length % 4 != 0 || text.Length / 4 * 3 > maximum + 2)
            return null;
        Span<byte> ascii = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7F)
                return null;
            ascii[i] = (byte)text[i];
        }

        byte[] result = new byte[text.Length / 4 * 3];
        return TryDecode(ascii, result, out int length) && length <= maximum ? result[..length] : null;
    }

    /// <summary>For secrets: the caller owns and wipes both sides.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int length)
    {
        length = 0;
        if (text.Length % 4 != 0 || !IsAlphabet(text))
            return false;
        if (text.IsEmpty)
            return true;
        if (Base64.DecodeFromUtf8(text, destination, out int consumed, out length) != System.Buffers.OperationStatus.Done || consumed != text.Length)
            return false;

        // The last group is the only one that can hide unused bits.
        Span<byte> again = stackalloc byte[4];
        int tail = length - (text.Length / 4 - 1) * 3;
        Base64.EncodeToUtf8(destination.Slice(length - tail, tail), again, out _, out int written);
        bool canonical = written == 4 && again.SequenceEqual(text[^4..]);
        ConstantTime.Wipe(again);
        return canonical;
    }

    /// <summary>The decoder of the base library skips blanks and stops at padding: neither is allowed here.</summary>
    private static bool IsAlphabet(ReadOnlySpan<byte> text)
    {
        int padding = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        foreach (byte b in text[..^padding])
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '+' && b != '/')
                return false;
        }

        return true;
    }
}

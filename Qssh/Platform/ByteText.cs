using System.Text;
using System.Text.Unicode;

namespace Qssh.Platform;

/// <summary>
/// Bytes as text and back without loss. File names, arguments and variables are bytes to the system; where they are not UTF-8 each such
/// byte travels as a lone surrogate U+DC80 to U+DCFF, which no valid text holds.
/// </summary>
internal static class ByteText
{
    private const int Escape = 0xDC00;

    public static string From(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);

        StringBuilder text = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int count) == System.Buffers.OperationStatus.Done;
            if (valid)
                text.Append(rune.ToString());
            // What is not valid has no byte below 0x80 in it.
            for (int i = 0; i < count && !valid; i++)
                text.Append((char)(Escape + bytes[i]));
            bytes = bytes[count..];
        }

        return text.ToString();
    }

    public static byte[] ToBytes(string text)
    {
        if (!ContainsEscape(text))
            return Encoding.UTF8.GetBytes(text);

        List<byte> bytes = new(text.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            bool valid = Rune.DecodeFromUtf16(rest, out Rune rune, out int count) == System.Buffers.OperationStatus.Done;
            if (!valid && IsEscape(rest[0]))
                bytes.Add((byte)(rest[0] - Escape));
            else
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            rest = rest[count..];
        }

        return [.. bytes];
    }

    private static bool ContainsEscape(string text)
    {
        foreach (char c in text)
        {
            if (IsEscape(c))
                return true;
        }

        return false;
    }

    private static bool IsEscape(char c) => c is >= (char)(Escape + 0x80) and <= (char)(Escape + 0xFF);
}

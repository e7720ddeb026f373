using System.Buffers.Text;
using Qssh.Secrets;

namespace Qssh.Identity;

/// <summary>
/// Text armour of a private key or a signature: a begin line, base64 in lines of exactly 70 characters but for the last, an end line. One
/// spelling only; line ends may be CR LF. Texts and buffers here are treated as secret.
/// </summary>
internal static class Armour
{
    private const int Width = 70;

    /// <returns>The text; the caller wipes it.</returns>
    public static byte[] Encode(ReadOnlySpan<byte> content) => Encode(content, PrivateKeyFormat.Begin, PrivateKeyFormat.End);

    /// <param name="begin">The first line, without its end; <paramref name="end"/> is the last.</param>
    public static byte[] Encode(ReadOnlySpan<byte> content, ReadOnlySpan<byte> begin, ReadOnlySpan<byte> end)
    {
        using SecretBuffer base64 = new((content.Length + 2) / 3 * 4);
        Base64.EncodeToUtf8(content, base64.Span, out _, out int length);
        int lines = (length + Width - 1) / Width;
        byte[] text = new byte[begin.Length + 1 + length + lines + end.Length + 1];
        Span<byte> rest = text;
        Append(ref rest, begin);
        for (int at = 0; at < length; at += Width)
            Append(ref rest, base64.Span.Slice(at, Math.Min(Width, length - at)));
        Append(ref rest, end);
        return text;
    }

    /// <summary>Null: not this armour. The result is secret and the caller's.</summary>
    public static SecretBuffer? Decode(ReadOnlySpan<byte> text) => Decode(text, PrivateKeyFormat.Begin, PrivateKeyFormat.End);

    public static SecretBuffer? Decode(ReadOnlySpan<byte> text, ReadOnlySpan<byte> begin, ReadOnlySpan<byte> end)
    {
        if (text.IsEmpty || !TakeLine(ref text, out ReadOnlySpan<byte> line) || !line.SequenceEqual(begin))
            return null;

        using SecretBuffer base64 = new(Math.Max(1, text.Length));
        int length = 0;
        bool last = false;
        while (TakeLine(ref text, out line) && !line.SequenceEqual(end))
        {
            if (line.Length is 0 or > Width || last)
                return null;
            last = line.Length < Width;
            line.CopyTo(base64.Span[length..]);
            length += line.Length;
        }

        bool ended = line.SequenceEqual(end) && text.IsEmpty;
        return ended && length > 0 ? Unpack(base64.Span[..length]) : null;
    }

    public static bool IsPresent(ReadOnlySpan<byte> text) => text.StartsWith(PrivateKeyFormat.Begin);

    private static SecretBuffer? Unpack(ReadOnlySpan<byte> base64)
    {
        using SecretBuffer decoded = new(base64.Length);
        return CanonicalBase64.TryDecode(base64, decoded.Span, out int length) && length > 0 ? new SecretBuffer(decoded.Span[..length]) : null;
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> line)
    {
        line.CopyTo(rest);
        rest[line.Length] = (byte)'\n';
        rest = rest[(line.Length + 1)..];
    }

    /// <summary>A line must be ended, also the last: a file cut short is noticed.</summary>
    private static bool TakeLine(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        int end = text.IndexOf((byte)'\n');
        line = end < 0 ? default : text[..end];
        text = text[(end + 1)..];
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        return end >= 0;
    }
}

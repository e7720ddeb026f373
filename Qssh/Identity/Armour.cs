using System.Buffers.Text;
using Qssh.Secrets;

namespace Qssh.Identity;

/// <summary>
/// Text armour of a private key: a begin line, base64 in lines of exactly 70 characters but for the last, an end line. One spelling
/// only; line ends may be CR LF. Texts and buffers here are secret.
/// </summary>
internal static class Armour
{
    private const int Width = 70;

    /// <returns>The text; the caller wipes it.</returns>
    public static byte[] Encode(ReadOnlySpan<byte> content)
    {
        using SecretBuffer base64 = new((content.Length + 2) / 3 * 4);
        Base64.EncodeToUtf8(content, base64.Span, out _, out int length);
        int lines = (length + Width - 1) / Width;
        byte[] text = new byte[PrivateKeyFormat.Begin.Length + 1 + length + lines + PrivateKeyFormat.End.Length + 1];
        Span<byte> rest = text;
        Append(ref rest, PrivateKeyFormat.Begin);
        for (int at = 0; at < length; at += Width)
            Append(ref rest, base64.Span.Slice(at, Math.Min(Width, length - at)));
        Append(ref rest, PrivateKeyFormat.End);
        return text;
    }

    /// <summary>Null: not this armour. The result is secret and the caller's.</summary>
    public static SecretBuffer? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !TakeLine(ref text, out ReadOnlySpan<byte> line) || !line.SequenceEqual(PrivateKeyFormat.Begin))
            return null;

        using SecretBuffer base64 = new(Math.Max(1, text.Length));
        int length = 0;
        bool last = false;
        while (TakeLine(ref text, out line) && !line.SequenceEqual(PrivateKeyFormat.End))
        {
            if (line.Length is 0 or > Width || last)
                return null;
            last = line.Length < Width;
            line.CopyTo(base64.Span[length..]);
            length += line.Length;
        }

        bool ended = line.SequenceEqual(PrivateKeyFormat.End) && text.IsEmpty;
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

using System.Buffers.Text;
using System.Text;
using Qssh.Secrets;

namespace Qssh.Identity;

/// <summary>PEM (RFC 7468): one block, base64 in lines of 64 characters; what stands before the block is explanation and skipped.</summary>
internal static class PemText
{
    private const int Width = 64;
    private const string Dashes = "-----";

    /// <returns>The text; secret if the content is, then the caller wipes it.</returns>
    public static byte[] Encode(string label, ReadOnlySpan<byte> content)
    {
        using SecretBuffer base64 = new((content.Length + 2) / 3 * 4);
        Base64.EncodeToUtf8(content, base64.Span, out _, out int length);
        byte[] begin = Encoding.ASCII.GetBytes($"{Dashes}BEGIN {label}{Dashes}\n"), end = Encoding.ASCII.GetBytes($"{Dashes}END {label}{Dashes}\n");
        byte[] text = new byte[begin.Length + length + ((length + Width - 1) / Width) + end.Length];
        begin.CopyTo(text, 0);
        int position = begin.Length;
        for (int at = 0; at < length; at += Width)
        {
            ReadOnlySpan<byte> line = base64.Span.Slice(at, Math.Min(Width, length - at));
            line.CopyTo(text.AsSpan(position));
            position += line.Length;
            text[position++] = (byte)'\n';
        }

        end.CopyTo(text, position);
        return text;
    }

    /// <summary>Null: there is no whole block. The content is the caller's.</summary>
    public static SecretBuffer? Decode(ReadOnlySpan<byte> text, out string label)
    {
        label = "";
        int begin = text.IndexOf("-----BEGIN "u8);
        if (begin < 0)
            return null;
        text = text[(begin + "-----BEGIN ".Length)..];
        int close = text.IndexOf("-----"u8), end;
        if (close is <= 0 or > 64)
            return null;
        label = Encoding.ASCII.GetString(text[..close]);
        text = text[(close + Dashes.Length)..];
        end = text.IndexOf(Encoding.ASCII.GetBytes($"{Dashes}END {label}{Dashes}"));
        return end < 0 ? null : Unpack(text[..end]);
    }

    private static SecretBuffer? Unpack(ReadOnlySpan<byte> lines)
    {
        using SecretBuffer base64 = new(lines.Length + 1), content = new(lines.Length + 1);
        int length = 0;
        foreach (byte b in lines)
        {
            if (b is not ((byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t'))
                base64.Span[length++] = b;
        }

        return CanonicalBase64.TryDecode(base64.Span[..length], content.Span, out int size) && size > 0 ? new SecretBuffer(content.Span[..size]) : null;
    }
}

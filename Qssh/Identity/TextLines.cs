using System.Text;

namespace Qssh.Identity;

/// <summary>
/// Lines of a file of keys. A line longer than <see cref="PublicKeyLine.MaxLength"/> comes as null, whole: no part of it is ever read
/// as a line of its own. Reading stops with an error beyond the limits.
/// </summary>
internal static class TextLines
{
    /// <summary>Some 1,500 keys. Larger sets belong in a directory or behind a command.</summary>
    public const int MaxBytes = 4 << 20;

    public static IEnumerable<(int Number, string? Text)> Read(Stream stream, int maxBytes = MaxBytes, int maxLines = int.MaxValue)
    {
        byte[] buffer = new byte[PublicKeyLine.MaxLength];
        byte[] chunk = new byte[16 * 1024];
        int number = 1, length = 0, count;
        bool tooLong = false;
        long total = 0;
        while ((count = stream.Read(chunk)) > 0)
        {
            total += count;
            if (total > maxBytes)
                throw new IOException($"larger than {maxBytes >> 20} MiB");
            for (int at = 0; at < count;)
            {
                int end = chunk.AsSpan(at, count - at).IndexOf((byte)'\n');
                int part = end < 0 ? count - at : end;
                tooLong |= part > buffer.Length - length;
                if (!tooLong)
                    chunk.AsSpan(at, part).CopyTo(buffer.AsSpan(length));
                length = tooLong ? 0 : length + part;
                at += part + 1;
                if (end < 0)
                    continue;
                yield return (number++, tooLong ? null : Text(buffer, length));
                if (number > maxLines)
                    throw new IOException($"more than {maxLines} lines");
                length = 0;
                tooLong = false;
            }
        }

        if (length > 0 || tooLong)
            yield return (number, tooLong ? null : Text(buffer, length));
    }

    private static string Text(byte[] buffer, int length) => Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\r');
}

using System.Text;

namespace Qssh.Identity;

/// <summary>
/// Changes the keys that a known_hosts file holds for one host, and nothing else: comments, hidden names, lines of other hosts and lines
/// that cannot be read stay byte for byte.
/// </summary>
internal static class KnownHostsUpdate
{
    /// <param name="file">The whole file.</param>
    /// <param name="learned">Added, unless a line for the host holds them.</param>
    /// <param name="gone">Lines of the host with one of these are left out.</param>
    /// <param name="reason">Why nothing may be changed: a line about the host was made by hand for more than it.</param>
    /// <returns>The new content; the same bytes where there is nothing to do; null: see <paramref name="reason"/>.</returns>
    public static byte[]? Apply(
        byte[] file, string label, IReadOnlyList<PublicKey> learned, IReadOnlyList<PublicKey> gone, bool hashed, out string? reason)
    {
        reason = null;
        using MemoryStream output = new(file.Length + 16384);
        List<PublicKey> missing = new(learned), left = new(gone);
        bool changed = false, hide = hashed;
        for (int at = 0; at < file.Length;)
        {
            int length = file.AsSpan(at).IndexOf((byte)'\n');
            int end = length < 0 ? file.Length : at + length + 1;
            ReadOnlySpan<byte> raw = file.AsSpan(at, end - at);
            at = end;
            (PublicKey? key, bool isHidden) = Read(raw, label, ref reason);
            if (reason is not null)
                return null;
            hide |= isHidden;
            if (key is not null && left.Contains(key))
            {
                changed = true;
                continue;
            }

            if (key is not null)
                missing.Remove(key);
            output.Write(raw);
        }

        if (!changed && missing.Count == 0)
            return file;
        AddLines(output, label, missing, hide);
        return output.ToArray();
    }

    /// <summary>The key of a line that is for this host alone.</summary>
    private static (PublicKey? Key, bool IsHidden) Read(ReadOnlySpan<byte> raw, string label, ref string? reason)
    {
        if (raw.Length > PublicKeyLine.MaxLength)
            return default;
        ReadOnlySpan<char> line = Encoding.UTF8.GetString(raw).TrimEnd('\n').TrimEnd('\r');
        ReadOnlySpan<char> names = PublicKeyLine.NextWord(ref line);
        if (names.IsEmpty || names[0] == '#')
            return default;
        bool marked = names[0] == '@';
        if (marked)
            names = PublicKeyLine.NextWord(ref line);
        if (!HostLabel.Matches(names, label))
            return default;
        bool hidden = HostLabel.IsHashed(names);
        if (marked || (!hidden && !names.Equals(label, StringComparison.OrdinalIgnoreCase)))
        {
            reason = marked ? "a line with a marker names the host" : "a line names the host by a pattern or with others";
            return default;
        }

        return (PublicKeyLine.Parse(line).Key, hidden);
    }

    private static void AddLines(MemoryStream output, string label, List<PublicKey> keys, bool hide)
    {
        if (keys.Count > 0 && output.Length > 0)
        {
            output.Position = output.Length - 1;
            if (output.ReadByte() != '\n')
                output.WriteByte((byte)'\n');
        }

        foreach (PublicKey key in keys)
            output.Write(Encoding.UTF8.GetBytes($"{(hide ? HostLabel.Hide(label) : label)} {key.ToLine()}\n"));
    }
}

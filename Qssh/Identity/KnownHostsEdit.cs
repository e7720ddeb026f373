namespace Qssh.Identity;

/// <summary>
/// One walk over the lines of a known_hosts file: finds, removes or hides names. Lines keep their bytes (the text is Latin-1); markers of
/// revocation and authority are never removed or hidden.
/// </summary>
internal sealed class KnownHostsEdit
{
    private KnownHostsEdit(KnownHostsLine[] lines) => Lines = lines;

    public KnownHostsLine[] Lines { get; }

    /// <summary>The first line that is neither empty, a comment nor an entry; null: there is none.</summary>
    public int? InvalidLine
    {
        get
        {
            foreach (KnownHostsLine line in Lines)
            {
                if (line.IsInvalid)
                    return line.Number;
            }

            return null;
        }
    }

    public static KnownHostsEdit Read(string text)
    {
        string[] lines = text.Split('\n');
        int count = lines.Length > 0 && lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        KnownHostsLine[] parsed = new KnownHostsLine[count];
        for (int i = 0; i < count; i++)
            parsed[i] = KnownHostsLine.Parse(i + 1, lines[i]);
        return new KnownHostsEdit(parsed);
    }

    /// <summary>The label that a person means: lower case, and without the standard port.</summary>
    public static string Label(string host)
    {
        string suffix = $"]:{HostLabel.DefaultPort}", name = host.ToLowerInvariant();
        return name.StartsWith('[') && name.EndsWith(suffix, StringComparison.Ordinal) ? name[1..^suffix.Length] : name;
    }

    public List<KnownHostsLine> Find(string label)
    {
        List<KnownHostsLine> found = [];
        foreach (KnownHostsLine line in Lines)
        {
            if (line.IsEntry && HostLabel.Matches(line.Names, label))
                found.Add(line);
        }

        return found;
    }
}

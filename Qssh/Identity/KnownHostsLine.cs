using System.Text;

namespace Qssh.Identity;

/// <summary>A line of known_hosts as it stands in the file, taken apart.</summary>
internal sealed class KnownHostsLine(int number, string text, string marker, string names, string rest, bool isInvalid)
{
    public int Number => number;

    public string Text => text;

    /// <summary>With its @; empty: there is none.</summary>
    public string Marker => marker;

    /// <summary>Empty: a comment, an empty or an invalid line.</summary>
    public string Names => names;

    /// <summary>Type, key and comment.</summary>
    public string Rest => rest;

    public bool IsInvalid => isInvalid;

    public bool IsEntry => Names.Length > 0;

    /// <summary>Null: a key of a type that is not ours.</summary>
    public PublicKeyLine Key => PublicKeyLine.Parse(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Rest)));

    public bool HasPattern => Names.AsSpan().IndexOfAny('*', '?', '!') >= 0;

    public static KnownHostsLine Parse(int number, string text)
    {
        ReadOnlySpan<char> rest = text;
        ReadOnlySpan<char> names = PublicKeyLine.NextWord(ref rest);
        string marker = "";
        if (names.IsEmpty || names[0] == '#')
            return new KnownHostsLine(number, text, "", "", "", false);
        if (names[0] == '@')
        {
            marker = names.ToString();
            names = PublicKeyLine.NextWord(ref rest);
        }

        // Keys of classical types are left alone: the file may be shared with OpenSSH.
        ReadOnlySpan<char> words = rest;
        ReadOnlySpan<char> type = PublicKeyLine.NextWord(ref words);
        bool isKey = PublicKeyLine.IsTypeName(type) && !PublicKeyLine.NextWord(ref words).IsEmpty && text.Length <= PublicKeyLine.MaxLength;
        return isKey && !names.IsEmpty && (marker is "" or "@revoked" or "@cert-authority")
            ? new KnownHostsLine(number, text, marker, names.ToString(), rest.Trim().ToString(), false)
            : new KnownHostsLine(number, text, "", "", "", true);
    }

    /// <summary>One line for each name, hidden under a salt of its own; patterns, markers and hidden names stay as they are.</summary>
    public IEnumerable<string> Hide()
    {
        if (!IsEntry || Marker.Length > 0 || HasPattern || HostLabel.IsHashed(Names))
            return [Text];
        List<string> lines = [];
        foreach (string name in Names.Split(',', StringSplitOptions.RemoveEmptyEntries))
            lines.Add($"{HostLabel.Hide(name.ToLowerInvariant())} {Rest}");
        return lines;
    }
}

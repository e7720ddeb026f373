using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>The lines that name one host, from all files in order, and the decision about a key it shows.</summary>
internal sealed class KnownHostKeys(string label, IReadOnlyList<KnownHostEntry> entries)
{
    /// <summary>The name as known_hosts writes it.</summary>
    public string Label { get; } = label;

    public IReadOnlyList<KnownHostEntry> Entries { get; } = entries;

    /// <summary>Schemes of the keys the host is known by, each once, in order of the lines. Empty: the host is unknown.</summary>
    public List<SignatureScheme> PinnedSchemes
    {
        get
        {
            List<SignatureScheme> schemes = [];
            foreach (KnownHostEntry entry in Pins())
            {
                if (!schemes.Contains(entry.Key.Scheme))
                    schemes.Add(entry.Key.Scheme);
            }

            return schemes;
        }
    }

    /// <summary>The lines that the host is known by.</summary>
    public IReadOnlyList<KnownHostEntry> Pinned => [.. Pins()];

    public HostKeyVerdict Check(PublicKey offered)
    {
        if (Find(HostKeyMarker.Revoked, offered) is { } revoked)
            return new HostKeyVerdict(HostKeyStatus.Revoked, revoked.Place, null, []);
        if (Find(HostKeyMarker.None, offered) is { } match)
            return new HostKeyVerdict(HostKeyStatus.Match, match.Place, match.Key, []);

        KnownHostEntry? first = null, sameScheme = null;
        foreach (KnownHostEntry entry in Pins())
        {
            first ??= entry;
            if (entry.Key.Scheme == offered.Scheme)
                sameScheme ??= entry;
        }

        if (first is null)
            return new HostKeyVerdict(HostKeyStatus.Unknown, null, null, []);
        KnownHostEntry expected = sameScheme ?? first;
        return new HostKeyVerdict(HostKeyStatus.Changed, expected.Place, expected.Key, sameScheme is null ? PinnedSchemes : []);
    }

    private KnownHostEntry? Find(HostKeyMarker marker, PublicKey key)
    {
        foreach (KnownHostEntry entry in Entries)
        {
            if (entry.Marker == marker && entry.Key.Equals(key))
                return entry;
        }

        return null;
    }

    /// <summary>A key that is both stored and revoked pins nothing.</summary>
    private IEnumerable<KnownHostEntry> Pins()
    {
        foreach (KnownHostEntry entry in Entries)
        {
            if (entry.Marker == HostKeyMarker.None && Find(HostKeyMarker.Revoked, entry.Key) is null)
                yield return entry;
        }
    }
}

using Qssh.Config;
using Qssh.Identity;

namespace Qssh.Client;

/// <summary>What may be learned about the host of this connection, and where it is written. There is none where the host is not trusted by the user's own file.</summary>
/// <param name="Label">As known_hosts names the host.</param>
/// <param name="Trusted">The key of this connection.</param>
/// <param name="Files">The user's files; the first one takes new keys.</param>
/// <param name="Pinned">The host's keys in them.</param>
/// <param name="KnownOtherwise">Its keys in other files, and those that are revoked: not to be learned.</param>
/// <param name="Types">Types that host keys may have.</param>
internal sealed record HostKeyPlan(
    string Label,
    PublicKey Trusted,
    IReadOnlyList<string> Files,
    IReadOnlyList<PublicKey> Pinned,
    IReadOnlyList<PublicKey> KnownOtherwise,
    List<string> Types,
    bool Hashed,
    bool Asks)
{
    public bool Accepts(string type) => Types.Contains(type);

    /// <param name="place">Where the key was found, or null: a person has just confirmed it.</param>
    /// <returns>Null: nothing is learned.</returns>
    public static HostKeyPlan? Of(ClientOptions options, IReadOnlyList<string> files, KnownHostKeys known, PublicKey trusted, string? place)
    {
        HostKeyUpdates wanted = options.EffectiveHostKeyUpdates;
        if (wanted == HostKeyUpdates.No || files.Count == 0 || (place is not null && !IsIn(place, files)))
            return null;
        List<PublicKey> pinned = [trusted], otherwise = [];
        foreach (KnownHostEntry entry in known.Entries)
        {
            if (entry.Marker == HostKeyMarker.None && IsIn(entry.Place, files))
            {
                if (!pinned.Contains(entry.Key))
                    pinned.Add(entry.Key);
            }
            else
            {
                otherwise.Add(entry.Key);
            }
        }

        List<string> types = options.HostKeyAlgorithms.Value.Resolve(KeyTypeNames.All, KeyTypeNames.All);
        return new HostKeyPlan(
            known.Label, trusted, files, pinned, otherwise, types, options.HashKnownHosts, wanted == HostKeyUpdates.Ask);
    }

    /// <param name="place"><c>file:line</c></param>
    private static bool IsIn(string place, IReadOnlyList<string> files)
    {
        foreach (string file in files)
        {
            if (place.AsSpan(0, place.LastIndexOf(':')).SequenceEqual(file))
                return true;
        }

        return false;
    }
}

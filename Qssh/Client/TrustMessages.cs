using System.Text;
using Qssh.Identity;

namespace Qssh.Client;

/// <summary>What a person reads about host keys. Names are our own or the user's; nothing here is text of the peer.</summary>
internal static class TrustMessages
{
    private const string Rule = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@";

    public const string Failed = "Host key verification failed.";

    /// <summary>"'name ([address]:port)'".</summary>
    public static string Question(string name, ProvenHost host) => Question(name, host.Address, host.KeyType, host.Key.Fingerprint);

    public static string Question(string name, string address, string type, string fingerprint) =>
        $"""
        The authenticity of host '{name} ({address})' can't be established.
        {type} key fingerprint is {fingerprint}.
        Are you sure you want to continue connecting (yes/no/[fingerprint])? 
        """;

    public static string Added(string label, string type) => $"Warning: Permanently added '{label}' ({type}) to the list of known hosts.";

    /// <param name="file">Where a key would be stored.</param>
    public static string Unknown(string label, string type, string fingerprint, bool isStrict, string file) =>
        $"{Failed[..^1]}: no key is known for '{label}', which has {type} key {fingerprint}; "
        + (isStrict
            ? $"StrictHostKeyChecking is yes: add the key to {file}, or connect once with -o StrictHostKeyChecking=accept-new"
            : $"there is nobody to ask: connect once from a terminal, or with -o StrictHostKeyChecking=accept-new, or add the key to {file}");

    public static string Changed(string label, PublicKey offered, HostKeyVerdict verdict)
    {
        PublicKey known = verdict.Pinned!;
        (string file, string line) = Split(verdict.Place!);
        return $"""
            {Rule}
            @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
            {Rule}
            The host that answered for '{label}' has another key than the one that is stored. Somebody may be listening
            in between; it may also be that the host was given a new key. It has learnt neither your name nor your keys.
              known key:   {known.TypeName.ToUpperInvariant()} {known.Fingerprint} ({verdict.Place})
              offered key: {offered.TypeName.ToUpperInvariant()} {offered.Fingerprint}
            Ask the host's administrator for the fingerprint. Only if it is the offered one, remove the old key:
              sed -i {line}d {file}
            {Failed}
            """;
    }

    /// <summary>The host takes none of the types that it is known by, and shows no key.</summary>
    public static string Gone(string label, IReadOnlyList<KnownHostEntry> known)
    {
        StringBuilder lines = new();
        foreach (KnownHostEntry entry in known)
            lines.Append($"\n  known key:   {entry.Key.TypeName.ToUpperInvariant()} {entry.Key.Fingerprint} ({entry.Place})");
        (string file, string line) = Split(known[0].Place);
        return $"""
            {Rule}
            @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
            {Rule}
            The host that answered for '{label}' has no key of a type that is stored for it. Somebody may be listening
            in between; it may also be that the host was given new keys. It has learnt neither your name nor your keys.{lines}
            Ask the host's administrator for the fingerprint of its new key, and only then remove the old one:
              sed -i {line}d {file}
            {Failed}
            """;
    }

    public static string Revoked(string label, PublicKey offered, string place) =>
        $"""
        {Rule}
        @       WARNING: REVOKED HOST KEY DETECTED!               @
        {Rule}
        The {offered.TypeName.ToUpperInvariant()} key {offered.Fingerprint} of '{label}'
        is marked as revoked in {place}: somebody may have stolen it. The host has learnt neither your name nor your keys.
        {Failed}
        """;

    private static (string File, string Line) Split(string place)
    {
        int colon = place.LastIndexOf(':');
        return (place[..colon], place[(colon + 1)..]);
    }
}

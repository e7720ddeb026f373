using Qssh.Errors;

namespace Qssh.Identity;

/// <summary>
/// known_hosts files: <c>[@marker] names type base64 [comment]</c> per line (docs/formats.md, "known_hosts"). Malformed lines are
/// skipped with a note; a missing file is empty; a file that exists but cannot be read is an error, as it may hold a revocation.
/// </summary>
internal static class KnownHosts
{
    /// <param name="files">In order: the user's, then the system's.</param>
    /// <param name="note">Takes debug notes with file and line.</param>
    public static KnownHostKeys Find(IEnumerable<string> files, string host, int port, Action<string>? note = null)
    {
        string label = HostLabel.Of(host, port);
        List<KnownHostEntry> entries = [];
        foreach (string file in files)
        {
            try
            {
                using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                Read(stream, file, label, entries, note);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                note?.Invoke($"no known hosts file {file}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new FailureException($"Cannot read known hosts file {file}: {FileFault.Reason(e)}");
            }
        }

        return new KnownHostKeys(label, entries);
    }

    public static void Read(Stream stream, string file, string label, List<KnownHostEntry> entries, Action<string>? note)
    {
        foreach ((int number, string? text) in TextLines.Read(stream))
        {
            string place = $"{file}:{number}";
            if (text is null)
                note?.Invoke($"{place}: line is too long, skipped");
            else if (ReadLine(text, place, label, note) is { } entry)
                entries.Add(entry);
        }
    }

    /// <summary>The line to store, without line end.</summary>
    public static string FormatLine(string host, int port, PublicKey key, bool hashed)
    {
        string label = HostLabel.Of(host, port);
        return $"{(hashed ? HostLabel.Hide(label) : label)} {key.ToLine()}";
    }

    private static KnownHostEntry? ReadLine(ReadOnlySpan<char> line, string place, string label, Action<string>? note)
    {
        ReadOnlySpan<char> names = PublicKeyLine.NextWord(ref line);
        if (names.IsEmpty || names[0] == '#')
            return null;

        HostKeyMarker marker = HostKeyMarker.None;
        if (names[0] == '@')
        {
            if (Marker(names) is not { } known)
                return Skip(note, place, "the marker is unknown");
            marker = known;
            names = PublicKeyLine.NextWord(ref line);
        }

        // Names first: it is cheap, and a file of thousands of hosts is read for one.
        if (!HostLabel.Matches(names, label))
            return null;
        PublicKeyLine key = PublicKeyLine.Parse(line);
        if (key.Key is null)
            return Skip(note, place, key.Fault!);
        return marker == HostKeyMarker.CertificateAuthority
            ? Skip(note, place, "host certificates are not supported in this version")
            : new KnownHostEntry(marker, key.Key, place);
    }

    private static HostKeyMarker? Marker(ReadOnlySpan<char> word) => word switch
    {
        "@revoked" => HostKeyMarker.Revoked,
        "@cert-authority" => HostKeyMarker.CertificateAuthority,
        _ => null,
    };

    private static KnownHostEntry? Skip(Action<string>? note, string place, string reason)
    {
        note?.Invoke($"{place}: skipped: {reason}");
        return null;
    }
}

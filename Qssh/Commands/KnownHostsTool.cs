using System.Text;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary><c>-F</c>, <c>-R</c> and <c>-H</c>: looks into and changes known_hosts, with OpenSSH's words and exit status.</summary>
/// <param name="file">Null: the user's own.</param>
internal sealed class KnownHostsTool(string? file, bool quiet)
{
    private const uint PermissionBits = 0x1FF;

    private readonly string _path = file ?? Path.Combine(KeygenFiles.Directory, "known_hosts");

    /// <returns>0 if there is one, else 1.</returns>
    public int Find(string host, bool fingerprints, bool hides)
    {
        List<KnownHostsLine> found = KnownHostsEdit.Read(Read()).Find(KnownHostsEdit.Label(host));
        foreach (KnownHostsLine line in found)
        {
            if (!quiet)
                Print($"# Host {host} found: line {line.Number} {line.Marker switch { "@revoked" => "REVOKED", "@cert-authority" => "CA", _ => "" }}");
            if (hides)
                Print(string.Join('\n', line.Hide()));
            else
                Print(fingerprints ? Fingerprint(host, line) : line.Text);
        }

        return found.Count > 0 ? 0 : 1;
    }

    public int Remove(string host)
    {
        KnownHostsEdit edit = ReadWhole();
        List<KnownHostsLine> found = edit.Find(KnownHostsEdit.Label(host));
        found.RemoveAll(line => line.Marker.Length > 0);
        if (found.Count == 0)
        {
            StandardStreams.WriteError($"Host {host} not found in {_path}\n");
            return 0;
        }

        StringBuilder kept = new();
        foreach (KnownHostsLine line in edit.Lines)
        {
            if (!found.Contains(line))
                kept.Append(line.Text).Append('\n');
            else if (!quiet)
                Print($"# Host {host} found: line {line.Number}");
        }

        Replace(kept.ToString());
        return 0;
    }

    public int Hide()
    {
        KnownHostsEdit edit = ReadWhole();
        StringBuilder hidden = new();
        bool had = false;
        foreach (KnownHostsLine line in edit.Lines)
        {
            if (line is { IsEntry: true, HasPattern: true })
                StandardStreams.WriteError($"{_path}:{line.Number}: ignoring host name with wildcard: {Framework.Printable.Escape(line.Names)}\n");
            foreach (string text in line.Hide())
            {
                had |= text != line.Text;
                hidden.Append(text).Append('\n');
            }
        }

        Replace(hidden.ToString());
        if (had)
            StandardStreams.WriteError($"WARNING: {_path}.old contains unhashed entries\nDelete this file to ensure privacy of hostnames\n");
        return 0;
    }

    private static string Fingerprint(string host, KnownHostsLine line)
    {
        PublicKeyLine parsed = line.Key;
        return parsed.Key is { } key ? $"{host} {key.TypeName.ToUpperInvariant()} {key.Fingerprint} {parsed.Comment}".TrimEnd() : $"{host}: {parsed.Fault}";
    }

    private static void Print(string line) => StandardStreams.WriteOutput(Encoding.Latin1.GetBytes(line + "\n"));

    private KnownHostsEdit ReadWhole()
    {
        KnownHostsEdit edit = KnownHostsEdit.Read(Read());
        return edit.InvalidLine is { } number
            ? throw new FailureException($"{_path}:{number}: invalid line; {_path} is not a valid known_hosts file and is not replaced", 1)
            : edit;
    }

    private string Read()
    {
        byte[] content = KeyListing.Read(_path);
        return content.Length <= TextLines.MaxBytes
            ? Encoding.Latin1.GetString(content)
            : throw new FailureException($"{_path}: larger than {TextLines.MaxBytes >> 20} MiB", 1);
    }

    private void Replace(string text)
    {
        uint mode = (uint)File.GetUnixFileMode(_path) & PermissionBits;
        AtomicFile.Write(_path + ".old", KeyListing.Read(_path), mode, replace: true);
        AtomicFile.Write(_path, Encoding.Latin1.GetBytes(text), mode, replace: true);
        Print($"{_path} updated.");
        Print($"Original contents retained as {_path}.old");
    }
}

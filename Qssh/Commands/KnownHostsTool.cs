using System.Text;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary><c>-F</c>, <c>-R</c> and <c>-H</c>: looks into and changes known_hosts, with OpenSSH's words and exit status.</summary>
/// <param name="file">Null: the user's own.</param>
internal sealed class KnownHostsTool(string? file, bool quiet)
{
    private const uint PermissionBits = 0x1FF, PrivateMode = 0x180;

    private readonly string _path = file ?? Path.Combine(KeygenFiles.Directory, "known_hosts");

    /// <returns>0 if there is one, else 1.</returns>
    public int Find(string host, bool fingerprints, bool hides)
    {
        List<KnownHostsLine> found = KnownHostsEdit.Read(Read()).Find(KnownHostsEdit.Label(host));
        foreach (KnownHostsLine line in found)
        {
            if (!quiet)
                Print($"# Host {Shown(host)} found: line {line.Number} {line.Marker switch { "@revoked" => "REVOKED", "@cert-authority" => "CA", _ => "" }}");
            if (hides)
                PrintLines(string.Join('\n', line.Hide()));
            else
                PrintLines(fingerprints ? Fingerprint(host, line) : line.Text);
        }

        return found.Count > 0 ? 0 : 1;
    }

    public int Remove(string host)
    {
        List<KnownHostsLine> found = [];
        bool isChanged = Change(edit =>
        {
            found = edit.Find(KnownHostsEdit.Label(host));
            found.RemoveAll(line => line.Marker.Length > 0);
            if (found.Count == 0)
                return null;
            StringBuilder kept = new();
            foreach (KnownHostsLine line in edit.Lines)
            {
                if (!found.Contains(line))
                    kept.Append(line.Text).Append('\n');
            }

            return kept.ToString();
        });
        if (!isChanged)
        {
            StandardStreams.WriteError($"Host {Shown(host)} not found in {Shown(_path)}\n");
            return 0;
        }

        foreach (KnownHostsLine line in found)
        {
            if (!quiet)
                Print($"# Host {Shown(host)} found: line {line.Number}");
        }

        TellUpdated();
        return 0;
    }

    public int Hide()
    {
        KnownHostsLine[] wildcards = [];
        bool had = false;
        Change(edit =>
        {
            StringBuilder hidden = new();
            wildcards = Array.FindAll(edit.Lines, line => line is { IsEntry: true, HasPattern: true });
            foreach (KnownHostsLine line in edit.Lines)
            {
                foreach (string text in line.Hide())
                {
                    had |= text != line.Text;
                    hidden.Append(text).Append('\n');
                }
            }

            return hidden.ToString();
        });
        foreach (KnownHostsLine line in wildcards)
            StandardStreams.WriteError($"{Shown(_path)}:{line.Number}: ignoring host name with wildcard: {Shown(line.Names)}\n");
        TellUpdated();
        if (had)
            StandardStreams.WriteError($"WARNING: {Shown(_path)}.old contains unhashed entries\nDelete this file to ensure privacy of hostnames\n");
        return 0;
    }

    private static string Fingerprint(string host, KnownHostsLine line)
    {
        PublicKeyLine parsed = line.Key;
        return parsed.Key is { } key ? $"{host} {key.TypeName.ToUpperInvariant()} {key.Fingerprint} {parsed.Comment}".TrimEnd() : $"{host}: {parsed.Fault}";
    }

    private static void Print(string line) => StandardStreams.WriteOutput(line + "\n");

    /// <summary>Out of the file as it is, but for what steers a terminal.</summary>
    private static void PrintLines(string latin)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(latin + "\n");
        string text = Encoding.UTF8.GetString(bytes), shown = Framework.Printable.Lines(text);
        if (ReferenceEquals(text, shown))
            StandardStreams.WriteOutput(bytes);
        else
            StandardStreams.WriteOutput(shown);
    }

    private static string Shown(string text) => Framework.Printable.Escape(text);

    /// <summary>The old content is kept beside it. What a link leads to is replaced, the link stays.</summary>
    /// <param name="change">The new text; null: it stays as it is.</param>
    private bool Change(Func<KnownHostsEdit, string?> change)
    {
        // What cannot be read is told as everywhere.
        _ = Read();
        return LockedFile.Change(_path, TextLines.MaxBytes, PrivateMode, content =>
        {
            KnownHostsEdit edit = KnownHostsEdit.Read(Encoding.Latin1.GetString(content));
            if (edit.InvalidLine is { } number)
                throw new FailureException($"{Shown(_path)}:{number}: invalid line; {Shown(_path)} is not a valid known_hosts file and is not replaced", 1);
            if (change(edit) is not { } text)
                return null;
            AtomicFile.Write(_path + ".old", content, (uint)File.GetUnixFileMode(_path) & PermissionBits, replace: true);
            return Encoding.Latin1.GetBytes(text);
        });
    }

    private string Read()
    {
        byte[] content = KeyListing.Read(_path);
        return content.Length <= TextLines.MaxBytes
            ? Encoding.Latin1.GetString(content)
            : throw new FailureException($"{Shown(_path)}: larger than {TextLines.MaxBytes >> 20} MiB", 1);
    }

    private void TellUpdated()
    {
        Print($"{Shown(_path)} updated.");
        Print($"Original contents retained as {Shown(_path)}.old");
    }
}

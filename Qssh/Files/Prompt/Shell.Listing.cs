using System.Text;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Telemetry.Log;

namespace Qssh.Files.Prompt;

/// <summary>ls in all its forms.</summary>
internal sealed partial class Shell
{
    private const int Output = 1;

    private async ValueTask ListAsync(CommandLine line)
    {
        string? pattern = line.Pattern(0);
        if (pattern is null || (!GlobPattern.HasMagic(pattern) && await _client.IsDirectoryAsync(await ResolveAsync(line.Plain(0)!))))
        {
            string directory = pattern is null ? Directory : await ResolveAsync(line.Plain(0)!);
            List<SftpEntry> entries = await _client.ListAsync(directory, withDots: line.Has('a'), withLines: HasLines(line));
            string prefix = pattern is null ? "" : line.Plain(0)!;
            Print(Label(prefix, entries), line);
            return;
        }

        List<Listed> found = [];
        foreach (string path in await ExpandAsync(pattern))
        {
            if (await _client.FindAsync(path, follow: false) is { } known)
                found.Add(new Listed((pattern.StartsWith('/') ? path : Relative(path)) + (SftpClient.IsDirectory(known.Attributes) ? "/" : ""), new SftpEntry(path, "", known.Attributes)));
        }

        if (found.Count == 0)
            throw new FailureException($"Can't ls: {TransferReport.Quote(Absolute(line.Plain(0)!))} not found", 1);
        if (found.Count == 1 && SftpClient.IsDirectory(found[0].Entry.Attributes))
            Print(Label(found[0].Label, await _client.ListAsync(found[0].Entry.Name, withDots: line.Has('a'), withLines: HasLines(line))), line);
        else
            Print(found, line);
    }

    private static bool HasLines(CommandLine line) => line.Has('l') || line.Has('n');

    private static List<Listed> Label(string prefix, List<SftpEntry> entries) =>
        entries.ConvertAll(entry => new Listed(prefix.Length == 0 ? entry.Name : LocalFiles.Join(prefix, entry.Name), entry));

    private string Relative(string path) => path.StartsWith(Directory, StringComparison.Ordinal) ? path[Directory.Length..].TrimStart('/') : path;

    private void Print(List<Listed> entries, CommandLine line)
    {
        if (!line.Has('a'))
            entries.RemoveAll(entry => LocalFiles.NameOf(entry.Entry.Name).StartsWith('.'));
        if (!line.Has('f'))
            entries.Sort((a, b) => Compare(a, b, line));
        StringBuilder text = new();
        if (HasLines(line))
        {
            foreach (Listed listed in entries)
                text.Append(Long(listed.Label, listed.Entry, line)).Append('\n');
        }
        else if (line.Has('1'))
        {
            foreach (Listed listed in entries)
                text.Append(Show(listed.Label)).Append('\n');
        }
        else
        {
            Columns(text, entries.ConvertAll(entry => Show(entry.Label)));
        }

        StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static int Compare(Listed a, Listed b, CommandLine line)
    {
        int order = line.Has('t') ? b.Entry.Attributes.Modified.CompareTo(a.Entry.Attributes.Modified)
            : line.Has('S') ? b.Entry.Attributes.Size.CompareTo(a.Entry.Attributes.Size) : 0;
        if (order == 0)
            order = string.CompareOrdinal(a.Label, b.Label);
        return line.Has('r') ? -order : order;
    }

    /// <summary>Names of owners are taken from the server's own line: the numbers may mean others here.</summary>
    private static string Long(string label, SftpEntry entry, CommandLine line)
    {
        string[] words = entry.LongName.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        bool isUsual = words.Length >= 5;
        (string, string)? names = line.Has('n') || !isUsual ? null : (PeerText.Escape(words[2], 64), PeerText.Escape(words[3], 64));
        string links = isUsual && uint.TryParse(words[1], out uint count) ? count.ToString() : "?";
        return ListingFormat.Line(entry.Attributes, Show(label), names, links, line.Has('h'));
    }

    private static void Columns(StringBuilder text, List<string> labels)
    {
        int longest = 1;
        foreach (string label in labels)
            longest = Math.Max(longest, label.Length);
        int width = WindowSize.Of(Output)?.Columns ?? 80;
        int columns = Math.Max(1, width / (longest + 3)), space = width / columns;
        for (int i = 0; i < labels.Count; i++)
        {
            bool isLast = (i + 1) % columns == 0 || i + 1 == labels.Count;
            text.Append(isLast ? labels[i] + "\n" : labels[i].PadRight(space));
        }
    }

    private sealed class Listed(string label, SftpEntry entry)
    {
        public string Label => label;

        public SftpEntry Entry => entry;
    }
}

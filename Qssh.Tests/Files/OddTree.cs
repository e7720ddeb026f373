using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Files;
using Qssh.Platform;
using Qssh.Tests.Support;

namespace Qssh.Tests.Files;

/// <summary>One file, directory or link of a random tree.</summary>
internal sealed record OddEntry(byte[] Name, OddKind Kind, byte[] Content, int Mode, int Time, OddEntry[] Below);

internal enum OddKind
{
    File,
    Empty,
    Sparse,
    Directory,
    Loop,
}

/// <summary>Trees as nobody makes them on purpose, written to a disk and described for comparison.</summary>
internal sealed class OddTree : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("qssh-odd-").FullName;

    private static readonly byte[][] s_names =
    [
        "plain"u8.ToArray(), "two words"u8.ToArray(), "quote'd \"name\""u8.ToArray(), "new\nline"u8.ToArray(), "tab\tname"u8.ToArray(), "*?[a-z]\\"u8.ToArray(),
        "-rf"u8.ToArray(), ".hidden"u8.ToArray(), "host:path"u8.ToArray(), "ünïcode €"u8.ToArray(), [0xFF, 0xFE, (byte)'x'], [0xC3, 0x28], "#hash"u8.ToArray(),
        "~"u8.ToArray(), "$(x)`y`"u8.ToArray(), [.. Enumerable.Repeat((byte)'l', 255)],
    ];

    public string this[string name] => Path.Combine(_path, name);

    /// <param name="takes">Whether a name may be in it; null: any.</param>
    public static Gen<OddEntry[]> Entries(int depth, Func<byte[], bool>? takes = null) =>
        Gen.ArrayOf(
            from kind in Gen.Elements(depth > 0 ? [OddKind.File, OddKind.Empty, OddKind.Sparse, OddKind.Directory, OddKind.Directory, OddKind.Loop] : (OddKind[])[OddKind.File, OddKind.Empty, OddKind.Sparse])
            from name in Gen.Elements(s_names.Where(name => takes?.Invoke(name) != false))
            from content in ArbMap.Default.GeneratorFor<byte>().ArrayOf(300)
            from mode in Gen.Elements(0x180, 0x1A4, 0x1ED, 0x1C0, 0x1FF, 0x124)
            from time in Gen.Choose(1, int.MaxValue - 1)
            from below in kind == OddKind.Directory ? Entries(depth - 1, takes) : Gen.Constant<OddEntry[]>([])
            select new OddEntry(name, kind, content, mode, time, below),
            5).Select(entries => entries.DistinctBy(entry => Convert.ToHexString(entry.Name)).ToArray());

    public void Write(string root, OddEntry[] entries)
    {
        LocalFiles.MakeDirectory(root, 0x1C0);
        foreach (OddEntry entry in entries)
            Write(LocalFiles.Join(root, ByteText.From(entry.Name)), root, entry);
        LocalFiles.SetMode(root, 0x1ED);
        LocalFiles.SetTimes(root, 1_000_000, 1_234_567);
    }

    /// <summary>A line for each name: kind, mode, time, content. Links are those of their target, as copies of links are.</summary>
    public static List<string> Describe(string root, bool withoutLoops)
    {
        List<string> lines = [];
        Describe(root, "", lines, withoutLoops);
        return lines;
    }

    public void Dispose() => ProgramRun.Of("sh", ["-c", $"chmod -R u+rwx {_path}; rm -rf {_path}"]);

    private void Write(string path, string root, OddEntry entry)
    {
        switch (entry.Kind)
        {
            case OddKind.Directory:
                Write(path, entry.Below);
                break;
            case OddKind.Loop:
                NamedFile.SymbolicLink([.. ByteText.ToBytes(root), 0], NamedFile.WorkingDirectory, [.. ByteText.ToBytes(path), 0]);
                return;
            default:
                LocalFiles.OpenToWrite(path, truncate: true, 0x180, out OwnedFd? file);
                using (file)
                {
                    if (entry.Kind != OddKind.Empty)
                        FileData.Write(file!.Value, entry.Content, entry.Kind == OddKind.Sparse ? 3_000_000 : 0);
                    if (entry.Kind == OddKind.Sparse)
                        FileChange.Size(file!.Value, 5_000_000);
                }

                break;
        }

        LocalFiles.SetMode(path, (uint)entry.Mode | 0x100);
        LocalFiles.SetTimes(path, entry.Time, entry.Time);
    }

    private static void Describe(string path, string name, List<string> lines, bool withoutLoops)
    {
        LocalFiles.Status(path, out FileStatus itself, follow: false);
        if (itself.Kind == FileKind.Link && withoutLoops)
            return;
        StringBuilder line = new($"{Escape(name)} {itself.Kind} {itself.Mode:x}");
        List<string> names = [];
        if (itself.Kind == FileKind.Directory)
        {
            LocalFiles.List(path, names);
            line.Append($" {itself.Modified} {names.Count(below => !withoutLoops || LocalFiles.Status(LocalFiles.Join(path, below), out FileStatus status, follow: false) == 0 && status.Kind != FileKind.Link)}");
        }
        else
        {
            line.Append($" {itself.Modified} {itself.Size} {Hash(path)}");
        }

        lines.Add(line.ToString());
        foreach (string below in names)
            Describe(LocalFiles.Join(path, below), name + "/" + below, lines, withoutLoops);
    }

    private static string Hash(string path)
    {
        LocalFiles.OpenToRead(path, out OwnedFd? file);
        using (file)
        {
            byte[] content = new byte[6_000_000];
            int length = FileData.Read(file!.Value, content, 0).Count;
            return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content.AsSpan(0, length)));
        }
    }

    private static string Escape(string name) => Convert.ToHexString(ByteText.ToBytes(name));
}

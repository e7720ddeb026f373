using Qssh.Files;
using Qssh.Platform;

namespace Qssh.Fuzz.Targets;

/// <summary>A small tree in memory, made anew for each input, with a file beside its root that must stay as it is.</summary>
internal sealed class FuzzTree
{
    private const string Content = "nobody may change this";

    private static FuzzTree? s_only;

    private readonly string _place;

    private FuzzTree(string place)
    {
        _place = place;
        File.WriteAllText(Outside, Content);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Clear(_place);
    }

    /// <summary>scripts/fuzz says where, and clears it: libFuzzer ends without a last word.</summary>
    private static string Memory => Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 } named ? named : Directory.Exists("/dev/shm") ? "/dev/shm" : "/tmp";

    public string Root => _place + "/root";

    private string Outside => _place + "/outside";

    public static FuzzTree Fresh()
    {
        s_only ??= new FuzzTree(Directory.CreateDirectory($"{Memory}/qssh-fuzz-{Environment.ProcessId}").FullName);
        Clear(s_only.Root);
        LocalFiles.MakeDirectory(s_only.Root, 0x1C0);
        LocalFiles.MakeDirectory(s_only.Root + "/d", 0x1C0);
        File.WriteAllText(s_only.Root + "/f", "content");
        File.WriteAllText(s_only.Root + "/d/g", "");
        File.CreateSymbolicLink(s_only.Root + "/l", "../outside");
        File.CreateSymbolicLink(s_only.Root + "/u", "..");
        return s_only;
    }

    public void Check()
    {
        FuzzException.ThrowIf(!File.Exists(Outside) || File.ReadAllText(Outside) != Content, "a file outside of the root was changed");
        FuzzException.ThrowIf(Directory.GetFileSystemEntries(_place).Length is not (1 or 2), "a name outside of the root");
    }

    /// <summary>By system calls, as names may be any bytes.</summary>
    private static void Clear(string path)
    {
        if (LocalFiles.Remove(path) == 0 || !LocalFiles.IsDirectory(path))
            return;
        LocalFiles.SetMode(path, 0x1C0);
        List<string> names = [];
        LocalFiles.List(path, names);
        foreach (string name in names)
            Clear(LocalFiles.Join(path, name));
        NamedFile.RemoveDirectory(NamedFile.WorkingDirectory, [.. ByteText.ToBytes(path), 0]);
    }
}

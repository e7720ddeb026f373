using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Files;

/// <summary>Calls on local paths, as text that keeps any bytes. Results are 0 or an error number.</summary>
internal static class LocalFiles
{
    public static int Status(string path, out FileStatus status, bool follow = true) => FileStatus.OfPath(path, follow, out status);

    public static bool IsDirectory(string path) => Status(path, out FileStatus status) == 0 && status.Kind == FileKind.Directory;

    public static bool Exists(string path) => Status(path, out _, follow: false) == 0;

    /// <summary>Never waits for the other end of a named pipe.</summary>
    public static int OpenToRead(string path, out OwnedFd? file) =>
        NamedFile.Open(NamedFile.WorkingDirectory, NativeText.Of(path), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY, 0, out file);

    public static int OpenToWrite(string path, bool truncate, uint mode, out OwnedFd? file) =>
        NamedFile.Open(NamedFile.WorkingDirectory, NativeText.Of(path), Libc.O_WRONLY | Libc.O_CREAT | Libc.O_NOCTTY | (truncate ? Libc.O_TRUNC : 0), mode, out file);

    public static int MakeDirectory(string path, uint mode) => NamedFile.MakeDirectory(NamedFile.WorkingDirectory, NativeText.Of(path), mode);

    public static int SetMode(string path, uint mode) => FileChange.Mode(NamedFile.WorkingDirectory, NativeText.Of(path), mode, NamedFile.Follow);

    public static int SetTimes(string path, long accessed, long modified) =>
        FileChange.Times(NamedFile.WorkingDirectory, NativeText.Of(path), accessed, modified, NamedFile.Follow);

    public static int Rename(string path, string newPath) =>
        NamedFile.Rename(NamedFile.WorkingDirectory, NativeText.Of(path), NamedFile.WorkingDirectory, NativeText.Of(newPath), replace: true);

    public static int Remove(string path) => NamedFile.Remove(NamedFile.WorkingDirectory, NativeText.Of(path));

    public static int ChangeDirectory(string path) => NamedFile.EnterDirectory(NativeText.Of(path));

    /// <summary>All names but "." and "..", sorted by their bytes so that every run goes the same way.</summary>
    public static int List(string path, List<string> names)
    {
        int error = NamedFile.Open(NamedFile.WorkingDirectory, NativeText.Of(path), Libc.O_RDONLY | Libc.O_DIRECTORY, 0, out OwnedFd? directory);
        using (directory)
        {
            if (error != 0)
                return error;
            DirectoryReader reader = new(directory!.Value);
            while ((error = reader.Next(out ReadOnlySpan<byte> name)) == 0 && !name.IsEmpty)
            {
                name = name[..^1];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    names.Add(ByteText.From(name));
            }
        }

        names.Sort(string.CompareOrdinal);
        return error;
    }

    /// <summary>The directory and the name below it.</summary>
    public static string Join(string directory, string name) =>
        directory.Length == 0 ? name : directory[^1] == '/' ? directory + name : $"{directory}/{name}";

    /// <summary>What is behind the last slash that has something behind it; "/" has itself.</summary>
    public static string NameOf(string path)
    {
        string trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? path.Length == 0 ? "." : "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }
}

using Qssh.Identity;

namespace Qssh.Tests.Support;

/// <summary>
/// Files of one server and its user: host key, user key, authorized_keys, known_hosts. In the home directory, because the server's StrictModes
/// takes no keys from a place like /tmp, which everybody may write.
/// </summary>
internal sealed class TempHome : IDisposable
{
    private static readonly UnixFileMode s_readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="parent">Another place, where the server finds authorized_keys as another account: it reads them with that account's rights.</param>
    public TempHome(string? parent = null)
    {
        Path = System.IO.Path.Combine(
            parent ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".qssh-test-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(
            Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | (parent is null ? 0 : UnixFileMode.OtherExecute));
        MakeKey("host");
        MakeKey("id");
        Authorize("id");
        Know();
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Of the type that the scripted peers compute with, unless another is asked for.</summary>
    public void MakeKey(string name, string type = "mldsa65")
    {
        ProgramRun run = ProgramRun.Of(StaticBinary.Path, ["keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", this[name]]);
        if (run.ExitCode != 0)
            throw new InvalidOperationException(run.Errors);
    }

    public string Fingerprint(string name)
    {
        string[] words = File.ReadAllText(this[name + ".pub"]).Split(' ');
        return PublicKey.TryParseLine($"{words[0]} {words[1]}", out PublicKey? key, out _) ? key!.Fingerprint : throw new InvalidOperationException(name);
    }

    public void Authorize(string name)
    {
        File.WriteAllText(this["authorized_keys"], File.ReadAllText(this[name + ".pub"]));
        File.SetUnixFileMode(this["authorized_keys"], s_readable);
    }

    /// <summary>The host key is known, whatever the port: relays have others than the server.</summary>
    public void Know(string name = "host")
    {
        string[] words = File.ReadAllText(this[name + ".pub"]).Split(' ');
        File.WriteAllText(this["known_hosts"], $"[127.0.0.1]:* {words[0]} {words[1]}\n");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

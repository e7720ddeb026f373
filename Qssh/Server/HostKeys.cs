using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Server;

/// <summary>The server's own keys: made once at the first start, read at every other.</summary>
internal static class HostKeys
{
    /// <summary>What a key file gets whose name says no type.</summary>
    public const string DefaultType = "falcon512";

    private const string Prefix = "host_";
    private const uint PrivateMode = 0x180, PublicMode = 0x1A4, SystemDirectoryMode = 0x1ED, UserDirectoryMode = 0x1C0; // 0600 0644 0755 0700

    /// <summary>
    /// The set of a server without HostKey: three families, so that a host stays known when one of them falls. Making all of them takes
    /// a tenth of a second.
    /// </summary>
    public static IReadOnlyList<string> DefaultTypes { get; } = [DefaultType, "mldsa65", "slhdsa-shake-128s"];

    /// <summary>Where host keys are when no HostKey is configured.</summary>
    public static IReadOnlyList<string> DefaultPaths(bool isRoot, string home)
    {
        string directory = isRoot ? "/etc/qssh" : Path.Combine(home, ".qssh");
        string[] paths = new string[DefaultTypes.Count];
        for (int i = 0; i < paths.Length; i++)
            paths[i] = Path.Combine(directory, Prefix + DefaultTypes[i]);
        return paths;
    }

    /// <summary>
    /// Reads every file, and makes those that are missing. One that cannot be read, is accessible by others or has a foreign format
    /// stops the start: a server must never come up with another identity than it was given.
    /// </summary>
    /// <param name="log">Takes one line per key: file, type and fingerprint.</param>
    public static IReadOnlyList<FileSigner> Ensure(IReadOnlyList<string> paths, Action<string>? log)
    {
        List<FileSigner> keys = [];
        try
        {
            foreach (string path in paths)
            {
                bool made = !File.Exists(path) && TryMake(path);
                FileSigner key = Load(path);
                if (keys.Exists(other => other.Algorithm.Scheme == key.Algorithm.Scheme))
                {
                    key.Dispose();
                    throw new FailureException($"host key {path}: a {key.Algorithm.Name} host key is given already", 1);
                }

                keys.Add(key);
                log?.Invoke($"Host key {path}{(made ? " (new)" : "")}: {key.Algorithm.Name} {key.Identity.Fingerprint}");
            }

            return keys;
        }
        catch
        {
            foreach (FileSigner key in keys)
                key.Dispose();
            throw;
        }
    }

    /// <summary>Reads without making any: for checks of the configuration.</summary>
    public static FileSigner Load(string path)
    {
        try
        {
            return FileSigner.Load(path);
        }
        catch (FailureException e)
        {
            throw new FailureException($"host key: {e.Message}", 1);
        }
    }

    /// <summary>False if somebody else made it meanwhile: theirs counts.</summary>
    private static bool TryMake(string path)
    {
        AppendedFile.MakeDirectory(
            Path.GetDirectoryName(Path.GetFullPath(path)),
            path.StartsWith("/etc/", StringComparison.Ordinal) ? SystemDirectoryMode : UserDirectoryMode);
        SignatureAlgorithm algorithm = AlgorithmFor(path);
        using SigningKey key = algorithm.GenerateKey();
        string comment = $"host@{Environment.MachineName}";
        byte[] text = PrivateKeyFile.Encode(key, comment);
        try
        {
            if (!AtomicFile.Write(path, text, PrivateMode, replace: false))
                return false;
        }
        finally
        {
            ConstantTime.Wipe(text);
        }

        AtomicFile.Write(path + ".pub", Encoding.UTF8.GetBytes(PublicKey.Of(key).ToLine(comment) + "\n"), PublicMode, replace: true);
        return true;
    }

    /// <summary>The name says the type, as in host_mldsa87; any other name gets the default.</summary>
    private static SignatureAlgorithm AlgorithmFor(string path)
    {
        string name = Path.GetFileName(path);
        string type = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : DefaultType;
        return SignatureAlgorithm.FindByName(type) ?? SignatureAlgorithm.FindByName(DefaultType)
            ?? throw new FailureException($"host key {path}: this build has no signature algorithm {DefaultType}", 1);
    }
}

using Qssh.Crypto.Signatures;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary><c>-A</c>: one host key of each family that the server shows, where there is none yet; without a passphrase, as nobody is there to type it.</summary>
internal sealed class HostKeyMaker(KeygenDialog dialog)
{
    private const string Directory = "etc/qssh";
    private const uint DirectoryMode = 0x1ED; // 0755

    private static readonly string[] s_types = ["falcon512", "mldsa65", "slhdsa-shake-128s"];

    /// <param name="prefix">A directory that stands for the root, to prepare an image.</param>
    public int Make(string? prefix, string? comment)
    {
        string directory = Path.Combine(string.IsNullOrEmpty(prefix) ? "/" : prefix, Directory);
        List<string> missing = [];
        foreach (string type in s_types)
        {
            if (!File.Exists(KeyPath(directory, type)))
                missing.Add(type);
        }

        if (missing.Count == 0)
            return 0;
        dialog.Say($"qssh-keygen: generating new host keys: {string.Join(' ', missing)}");
        AppendedFile.MakeDirectory(Path.GetDirectoryName(directory), DirectoryMode);
        AppendedFile.MakeDirectory(directory, DirectoryMode);
        foreach (string type in missing)
            Make(directory, type, KeyComment.Clean(comment ?? KeyMaker.DefaultComment()));
        return 0;
    }

    private static string KeyPath(string directory, string type) => Path.Combine(directory, "host_" + type);

    private static void Make(string directory, string type, string comment)
    {
        string path = KeyPath(directory, type);
        using SigningKey key = SignatureAlgorithm.FindByName(type)!.GenerateKey();
        using Passphrase none = new([]);
        KeyPairFiles.WritePrivate(path, key, comment, none, KeyProtection.StandardCost, replace: false);
        KeyPairFiles.WritePublic(path, PublicKey.Of(key), comment);
    }
}

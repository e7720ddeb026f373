using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Makes a key pair and writes its two files.</summary>
internal sealed class KeyMaker(KeygenDialog dialog)
{
    private const uint PrivateMode = 0x180, PublicMode = 0x1A4; // 0600, 0644

    public int Make(string? type, string? file, string? comment, string? passphrase)
    {
        SignatureAlgorithm algorithm = KeygenFiles.Algorithm(type);
        if (!string.IsNullOrEmpty(passphrase))
            throw Unprotectable();
        dialog.Say($"Generating public/private {algorithm.Name} key pair.");
        string path = file ?? dialog.AskFile(KeygenFiles.Default(algorithm.Name));
        if (path.Length == 0)
            throw new FailureException("the file name is empty", 1);
        MakeUserDirectory(path);
        bool replace = File.Exists(path);
        if (replace && !dialog.ConfirmOverwrite(path))
            return 1;
        if (passphrase is null && KeygenDialog.AskPassphrase())
            throw Unprotectable();

        using SigningKey key = algorithm.GenerateKey();
        Write(key, path, KeyComment.Clean(comment ?? DefaultComment()), replace);
        return 0;
    }

    private void Write(SigningKey key, string path, string comment, bool replace)
    {
        PublicKey publicKey = PublicKey.Of(key);
        byte[] text = PrivateKeyFile.Encode(key, comment);
        try
        {
            if (!AtomicFile.Write(path, text, PrivateMode, replace))
                throw new FailureException($"{path} appeared meanwhile and was not overwritten", 1);
        }
        finally
        {
            ConstantTime.Wipe(text);
        }

        AtomicFile.Write(path + ".pub", Encoding.UTF8.GetBytes(publicKey.ToLine(comment) + "\n"), PublicMode, replace: true);
        dialog.Say($"Your identification has been saved in {path}");
        dialog.Say($"Your public key has been saved in {path}.pub");
        dialog.Say("The key fingerprint is:");
        dialog.Say($"{publicKey.Fingerprint} {comment}");
    }

    /// <summary>The standard directory is made when it is missing; any other must be there.</summary>
    private void MakeUserDirectory(string path)
    {
        string? directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(directory) || directory != KeygenFiles.Directory)
            return;
        AppendedFile.MakeDirectory(directory);
        dialog.Say($"Created directory '{directory}'.");
    }

    private static FailureException Unprotectable() =>
        new("passphrase protection comes in a later version: no key was made. Use -N '' to store one without.", 1);

    private static string DefaultComment() => $"{Accounts.System.FindOwn().Name}@{Environment.MachineName}";
}

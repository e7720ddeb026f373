using Qssh.Crypto.Passwords;
using Qssh.Identity;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Writes a private key file anew, with another passphrase or comment. The key stays, its protection is always today's.</summary>
/// <param name="cost">Of guessing the passphrase.</param>
internal sealed class KeyChanger(KeygenDialog dialog, Argon2Parameters cost)
{
    /// <summary><c>-p</c></summary>
    /// <param name="present">The passphrase of the file, if the command line has it.</param>
    /// <param name="wanted">The new one; null: it is asked for.</param>
    public int ChangePassphrase(string path, string? present, string? wanted)
    {
        using PrivateKey key = KeyPairFiles.Open(path, present, "Enter old passphrase: ");
        if (key.Comment.Length > 0)
            dialog.Say($"Key has comment '{key.Comment}'");
        using Passphrase passphrase = wanted is null
            ? KeygenDialog.AskNewPassphrase("Enter new passphrase (empty for no passphrase): ")
            : Passphrase.Of(wanted);
        KeyPairFiles.WritePrivate(path, key.Key, key.Comment, passphrase, cost, replace: true);
        dialog.Say("Your identification has been saved with the new passphrase.");
        return 0;
    }

    /// <summary><c>-c</c></summary>
    public int ChangeComment(string path, string? present, string? wanted)
    {
        using PrivateKey key = KeyPairFiles.Open(path, present, "Enter passphrase: ", out Passphrase passphrase);
        using Passphrase secret = passphrase;
        dialog.Say(key.Comment.Length > 0 ? $"Old comment: {key.Comment}" : "No existing comment");
        string comment = KeyComment.Clean(wanted ?? KeygenDialog.Ask("New comment: "));
        if (comment == key.Comment)
        {
            dialog.Say("No change to comment");
            return 0;
        }

        KeyPairFiles.WritePrivate(path, key.Key, comment, secret, cost, replace: true);
        KeyPairFiles.WritePublic(path, key.Public, comment);
        dialog.Say(comment.Length > 0 ? $"Comment '{comment}' applied" : "Comment removed");
        return 0;
    }
}

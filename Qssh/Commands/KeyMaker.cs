using System.Diagnostics;
using Qssh.Crypto.Passwords;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Makes a key pair and writes its two files.</summary>
/// <param name="cost">Of guessing the passphrase.</param>
internal sealed class KeyMaker(KeygenDialog dialog, Argon2Parameters cost)
{
    public int Make(string? type, string? file, string? comment, string? passphrase)
    {
        SignatureAlgorithm algorithm = KeygenFiles.Algorithm(type);
        dialog.Say($"Generating public/private {algorithm.Name} key pair.");
        string path = file ?? KeygenDialog.AskFile(KeygenFiles.Default(algorithm.Name));
        if (path.Length == 0)
            throw new FailureException("the file name is empty", 1);
        MakeUserDirectory(path);
        bool replace = File.Exists(path);
        if (replace && !dialog.ConfirmOverwrite(path))
            return 1;

        using Passphrase secret = passphrase is null
            ? KeygenDialog.AskNewPassphrase("Enter passphrase (empty for no passphrase): ")
            : Passphrase.Of(passphrase);
        using SigningKey key = Generate(algorithm);
        Write(key, path, KeyComment.Clean(comment ?? DefaultComment()), secret, replace);
        return 0;
    }

    public static string DefaultComment() => $"{Accounts.System.FindOwn().Name}@{Environment.MachineName}";

    /// <summary>
    /// The hash-based types with small signatures take their time. For these a signature is made and verified too, so that nobody puts
    /// such a key into use without having seen what it costs.
    /// </summary>
    public SigningKey Generate(SignatureAlgorithm algorithm)
    {
        if (!IsSlow(algorithm))
            return algorithm.GenerateKey();
        dialog.Say($"{algorithm.Name} keys are slow to make and to sign with; this can take some seconds...");
        long started = Stopwatch.GetTimestamp();
        SigningKey key = algorithm.GenerateKey();
        string made = Seconds(started);
        started = Stopwatch.GetTimestamp();
        key.Sign("qssh keygen"u8, new byte[algorithm.SignatureSize]);
        string signed = Seconds(started);
        dialog.Say($"Strength: {PublicKey.Of(key).StrengthBits} bits. The key took {made} s, each signature takes {signed} s and {algorithm.SignatureSize} bytes.");
        return key;
    }

    /// <summary>In hundredths, from an integer: the runtime's printing of fractions is large.</summary>
    private static string Seconds(long started)
    {
        long hundredths = (long)(Stopwatch.GetElapsedTime(started).TotalMilliseconds / 10 + 0.5);
        return $"{hundredths / 100}.{hundredths / 10 % 10}{hundredths % 10}";
    }

    private static bool IsSlow(SignatureAlgorithm algorithm) => algorithm.Name.Contains("slhdsa", StringComparison.Ordinal) && algorithm.Name[^1] == 's';

    private void Write(SigningKey key, string path, string comment, Passphrase passphrase, bool replace)
    {
        PublicKey publicKey = PublicKey.Of(key);
        KeyPairFiles.WritePrivate(path, key, comment, passphrase, cost, replace);
        KeyPairFiles.WritePublic(path, publicKey, comment);
        dialog.Say($"Your identification has been saved in {path}");
        dialog.Say($"Your public key has been saved in {path}.pub");
        dialog.Say("The key fingerprint is:");
        dialog.Say($"{publicKey.Fingerprint} {comment}");
        dialog.Say("The key's randomart image is:");
        dialog.Say(Randomart.Draw(publicKey));
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
}

using Qssh.Crypto.Passwords;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>Key types and the files they are kept in.</summary>
internal static class KeygenFiles
{
    public const string DefaultType = "falcon512";

    public static string Directory
    {
        get
        {
            string? home = Environment.GetEnvironmentVariable("HOME");
            return Path.Combine(string.IsNullOrEmpty(home) ? Accounts.System.FindOwn().Home : home, ".qssh");
        }
    }

    public static string Default(string? type) => Path.Combine(Directory, "id_" + (type ?? DefaultType));

    /// <summary>Of guessing a passphrase. OpenSSH's rounds are one pass over the memory here.</summary>
    public static Argon2Parameters Cost(int? rounds) =>
        rounds is { } passes ? KeyProtection.StandardCost with { Passes = Math.Min(passes, Argon2Parameters.LargestPasses) } : KeyProtection.StandardCost;

    public static void CheckCipher(string? cipher)
    {
        if (cipher is not (null or "aes256-gcm" or "aes256-gcm@openssh.com"))
            throw new FailureException($"unsupported cipher {Framework.Printable.Escape(cipher)}: private key files are sealed with aes256-gcm only", 1);
    }

    public static SignatureAlgorithm Algorithm(string? type)
    {
        string name = (type ?? DefaultType).ToLowerInvariant();
        if (SignatureAlgorithm.FindByName(name) is { } algorithm)
            return algorithm;
        if (SignatureAlgorithm.ClassicalReason(name) is { } reason)
            throw new FailureException($"{reason}. Use -t {DefaultType}.", 1);
        throw new FailureException(
            SignatureAlgorithm.IsKnownName(name)
                ? $"{name} keys are not available in this version; available: {Available()}"
                : $"unknown key type {Framework.Printable.Escape(name)}; available: {Available()}",
            1);
    }

    private static string Available() => string.Join(", ", SignatureAlgorithm.Names);
}

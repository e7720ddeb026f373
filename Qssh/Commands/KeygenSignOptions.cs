using Qssh.Commands.Framework;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Identity.FileSignatures;

namespace Qssh.Commands;

/// <summary>What <c>-O</c> says beside <c>-Y</c>.</summary>
internal sealed class KeygenSignOptions
{
    /// <summary>When the signature is taken to be made; now if nothing is said.</summary>
    public DateTimeOffset VerifyTime { get; private set; } = DateTimeOffset.UtcNow;

    public bool PrintPublic { get; private set; }

    public string HashName { get; private set; } = PayloadHash.DefaultName;

    public static KeygenSignOptions Parse(List<string> words, bool forSigning)
    {
        KeygenSignOptions options = new();
        foreach (string word in words)
        {
            int equals = word.IndexOf('=');
            string name = (equals < 0 ? word : word[..equals]).ToLowerInvariant(), value = equals < 0 ? "" : word[(equals + 1)..];
            switch (name)
            {
                case "verify-time" when !forSigning:
                    options.VerifyTime = KeyTime.TryParse(value) ?? throw new FailureException($"Invalid \"verify-time\" option: it is {KeyTime.Syntax}");
                    break;
                case "print-pubkey" when !forSigning && equals < 0:
                    options.PrintPublic = true;
                    break;
                case "hashalg" when forSigning:
                    options.HashName = PayloadHash.IsKnown(value) ? value : throw new FailureException("unknown hash algorithm: hashalg is sha512 or sha256");
                    break;
                default:
                    throw new FailureException($"Invalid option \"{Printable.Escape(word)}\"");
            }
        }

        return options;
    }
}

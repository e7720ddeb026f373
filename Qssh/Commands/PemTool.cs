using System.Text;
using Qssh.Crypto.Passwords;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary><c>-e</c> and <c>-i</c>: keys to and from PEM files, on standard output.</summary>
/// <param name="format">Of -m. The private key goes out only where it is asked for by name: scripts expect the public one from -e.</param>
internal sealed class PemTool(string? format)
{
    private bool IsPrivate => format?.ToLowerInvariant() switch
    {
        null or "pem" or "pkcs8" or "spki" => false,
        "private" => true,
        "rfc4716" => throw new FailureException("RFC4716 is not supported: it has no post-quantum keys; formats are PKCS8, PEM and private", 1),
        _ => throw new FailureException($"unknown format {Framework.Printable.Escape(format)}; formats are PKCS8, PEM and private", 1),
    };

    public int Export(string path, string? passphrase)
    {
        byte[] text = IsPrivate ? ExportPrivate(path, passphrase) : PemKeys.EncodePublic(KeyListing.ReadPublic(path).Key);
        Write(text);
        return 0;
    }

    /// <param name="passphrase">For the file that is printed; null: none.</param>
    public int Import(string path, string? comment, string? passphrase, Argon2Parameters cost)
    {
        _ = IsPrivate;
        byte[] content = KeyListing.Read(path);
        try
        {
            if (PrivateKeyFile.IsPresent(content))
                StandardStreams.WriteOutput(content);
            else if (content.AsSpan().IndexOf("-----BEGIN "u8) >= 0)
                ImportPem(content, path, comment ?? "", passphrase, cost);
            else
                PrintLine(KeyListing.ReadPublic(path), comment);
            return 0;
        }
        catch (ProtocolException)
        {
            throw new FailureException($"{path}: the key is damaged", 1);
        }
        finally
        {
            ConstantTime.Wipe(content);
        }
    }

    private static void Write(byte[] secret)
    {
        try
        {
            StandardStreams.WriteOutput(secret);
        }
        finally
        {
            ConstantTime.Wipe(secret);
        }
    }

    private static void PrintLine((PublicKey Key, string Comment) found, string? comment) =>
        StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(found.Key.ToLine(comment ?? found.Comment) + "\n"));

    private static byte[] ExportPrivate(string path, string? passphrase)
    {
        using PrivateKey key = KeyPairFiles.Open(path, passphrase, "Enter passphrase: ");
        return PemKeys.EncodePrivate(key);
    }

    private static void ImportPem(byte[] content, string path, string comment, string? passphrase, Argon2Parameters cost)
    {
        using SecretBuffer? der = PemText.Decode(content, out string label);
        switch (label)
        {
            case PemKeys.PublicLabel or PemKeys.PrivateLabel when der is null:
                throw new FailureException($"{path}: the PEM block is damaged or cut short", 1);
            case PemKeys.PublicLabel:
                PrintLine((PemKeys.DecodePublic(der.Span, path), ""), comment);
                break;
            case PemKeys.PrivateLabel:
                using (PrivateKey key = PemKeys.DecodePrivate(der.Span, path))
                using (Passphrase secret = Passphrase.Of(passphrase ?? ""))
                    Write(PrivateKeyFile.Encode(key.Key, comment, secret.Bytes, cost));

                break;
            case "ENCRYPTED PRIVATE KEY":
                throw new FailureException($"{path}: the PEM file is encrypted, which cannot be opened here; first: openssl pkey -in {path}", 1);
            default:
                throw new FailureException($"{path}: a PEM block of another kind ({Framework.Printable.Escape(label)}); PUBLIC KEY and PRIVATE KEY are understood", 1);
        }
    }
}

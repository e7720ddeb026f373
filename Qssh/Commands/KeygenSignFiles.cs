using System.Text;
using Qssh.Client;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Identity.FileSignatures;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Commands;

/// <summary><c>-Y sign</c>: signs files, each into one of its own with the suffix <c>.sig</c>, or standard input to standard output.</summary>
/// <param name="passphrase">The passphrase of the command line; null: it is asked for if there is one.</param>
internal sealed class KeygenSignFiles(KeygenDialog dialog, string? passphrase, bool quiet)
{
    private const uint Mode = 0x1B6; // 0666, before the umask
    private const string PublicSuffix = ".pub";

    /// <summary>git writes a literal key of user.signingkey to a file and means an agent to have the private one, with or without -U.</summary>
    private const string NoAgent =
        ", and there is no key agent in this version: name the private key, or a .pub file beside it. For git: user.signingkey is the name of a file, not key::";

    /// <param name="keyFile">The private key, or the public one with the private one beside it, as git passes it.</param>
    public int Sign(string keyFile, string space, string hashName, List<string> files)
    {
        if (FileSignature.NamespaceFault(space) is { } fault)
            throw new FailureException(fault, 1);
        if (files.Count > 1 && files.Contains("-"))
            throw new FailureException("Cannot sign mix of paths and standard input");

        using PrivateKey key = LoadKey(keyFile);
        if (files.Count == 0 || files[0] == "-")
        {
            Say("Signing data on standard input");
            byte[] digest = KeygenSignInput.Hash(hashName, out string? unread) ?? throw new FailureException($"Cannot read standard input: {unread}");
            if (!StandardStreams.WriteOutput(FileSignature.Sign(key.Key, space, hashName, digest).Encode()))
                throw new FailureException("Cannot write to standard output");
            return 0;
        }

        bool done = true;
        foreach (string file in files)
            done &= SignFile(key, file, space, hashName);
        return done ? 0 : 1;
    }

    /// <returns>False: there is a signature already, and the user keeps it.</returns>
    private bool SignFile(PrivateKey key, string file, string space, string hashName)
    {
        Say($"Signing file {file}");
        byte[] digest = KeygenSignInput.Hash(file, hashName, out string? fault) ?? throw new FailureException($"Cannot open {file} for signing: {fault}");
        string target = file + ".sig";
        if (Path.Exists(target) && !dialog.ConfirmOverwrite(target))
            return false;
        AtomicFile.Write(target, FileSignature.Sign(key.Key, space, hashName, digest).Encode(), Mode, replace: true);
        Say($"Write signature to {target}");
        return true;
    }

    private PrivateKey LoadKey(string keyFile)
    {
        if (!keyFile.EndsWith(PublicSuffix, StringComparison.Ordinal))
            return !IsPublic(keyFile) ? Open(keyFile) : throw new FailureException($"{keyFile} holds a public key only{NoAgent}");

        PublicKey expected = LoadPublic(keyFile);
        string path = keyFile[..^PublicSuffix.Length];
        if (!File.Exists(path))
            throw new FailureException($"{path}, the private key of {keyFile}, does not exist{NoAgent}");
        PrivateKey key = Open(path);
        if (key.Public.Equals(expected))
            return key;
        key.Dispose();
        throw new FailureException($"Public key {keyFile} doesn't match private {path}");
    }

    /// <summary>A passphrase is never read from standard input: that may be what is signed.</summary>
    private PrivateKey Open(string path)
    {
        if (passphrase is null && !PassphrasePrompt.CanAsk)
        {
            using StoredKey stored = PrivateKeyFile.Read(path);
            if (stored.IsProtected)
                throw new FailureException($"{path} is protected by a passphrase, and there is no terminal to ask for it: set SSH_ASKPASS, or use -P");
        }

        try
        {
            return KeyPairFiles.Open(path, passphrase, $"Enter passphrase for {path}: ");
        }
        catch (FailureException e)
        {
            throw new FailureException(e.Message);
        }
    }

    private static bool IsPublic(string path)
    {
        Span<byte> start = stackalloc byte[64];
        using OwnedFd? file = Descriptor.Open(path, Libc.O_RDONLY, 0, out _);
        IoResult read = file is null ? default : Descriptor.Read(file.Value, start);
        ReadOnlySpan<char> line = Encoding.UTF8.GetString(start[..(read.IsOk ? read.Count : 0)]);
        return PublicKeyLine.IsTypeName(PublicKeyLine.NextWord(ref line));
    }

    private static PublicKey LoadPublic(string path)
    {
        List<string?> lines = KeyLines.Read(path, "public key");
        PublicKeyLine line = PublicKeyLine.Parse(lines.Count > 0 ? lines[0] : "");
        return line.Key ?? throw new FailureException($"Couldn't load public key {path}: {line.Fault}");
    }

    /// <summary>On standard error, as standard output is for the signature.</summary>
    private void Say(string line)
    {
        if (!quiet)
            StandardStreams.WriteErrorLine(Framework.Printable.Lines(line));
    }
}

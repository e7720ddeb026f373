using Qssh.Errors;
using Qssh.Identity;
using Qssh.Identity.FileSignatures;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>
/// <c>-Y verify</c> and the other checks. What they print, and where, is read by git (verify_ssh_signed_buffer and parse_ssh_output in
/// its gpg-interface.c): the first line of standard output begins with <c>Good "namespace" signature</c> or the signature is bad.
/// </summary>
internal sealed class KeygenSignChecks(bool quiet)
{
    private const int Refused = FailureException.OwnFailure;

    /// <summary>Who has to have signed.</summary>
    internal sealed class Signer(string allowedFile, string principal, string? revokedFile)
    {
        public string AllowedFile => allowedFile;

        public string Principal => principal;

        /// <summary>Null: no key is revoked.</summary>
        public string? RevokedFile => revokedFile;
    }

    /// <param name="signer">Null: only that the signature is that of the key inside of it, whoever has that key.</param>
    public int Verify(string space, string signatureFile, KeygenSignOptions options, Signer? signer)
    {
        FileSignature? signature = null;
        string? fault;
        try
        {
            signature = Read(signatureFile);
            fault = Fault(signature, space, options, signer);
        }
        catch (FailureException e)
        {
            fault = e.Message;
        }

        if (fault is not null || signature is null)
        {
            if (fault is { Length: > 0 })
                Note(fault);
            Print("Could not verify signature.");
            return Refused;
        }

        string who = signer is null ? "" : $" for {signer.Principal}";
        Print($"Good \"{space}\" signature{who} with {signature.Key.TypeName.ToUpperInvariant()} key {signature.Key.Fingerprint}");
        if (options.PrintPublic)
            StandardStreams.WriteOutput(signature.Key.ToLine() + "\n");
        return 0;
    }

    public int FindPrincipals(string signatureFile, string allowedFile, KeygenSignOptions options) =>
        List(() => new AllowedSigners(allowedFile, Note).FindPrincipals(Read(signatureFile).Key, options.VerifyTime));

    public int MatchPrincipals(string allowedFile, string principal) => List(() => new AllowedSigners(allowedFile, Note).MatchPrincipals(principal));

    /// <returns>Null: good. Empty: the reasons are told already.</returns>
    private static string? Fault(FileSignature signature, string space, KeygenSignOptions options, Signer? signer)
    {
        // Read to its end, good or not: whoever writes may not expect the pipe to break.
        byte[]? digest = KeygenSignInput.Hash(signature.HashName, out string? unread);
        if (digest is null)
            return $"Cannot read standard input: {unread}";
        if (signer is not null && HasControl(signer.Principal))
            return "the principal contains control characters";
        if (signature.Namespace != space)
            return "Couldn't verify signature: namespace does not match";
        if (!signature.Verify(digest))
            return "Signature verification failed: incorrect signature";
        if (signer?.RevokedFile is { } revoked && RevokedKeys.Find(revoked, signature.Key) is { } place)
            return $"{place}: key {signature.Key.Fingerprint} is revoked";
        if (signer is null || new AllowedSigners(signer.AllowedFile, Note).Allows(signature.Key, signer.Principal, space, options.VerifyTime))
            return null;
        return "";
    }

    private static int List(Func<List<string>> find)
    {
        List<string> found = [];
        try
        {
            found = find();
        }
        catch (FailureException e)
        {
            Note(e.Message);
        }

        if (found.Count == 0)
            Note("No principal matched.");
        foreach (string principal in found)
            StandardStreams.WriteOutput(Framework.Printable.Lines(principal) + "\n");
        return found.Count > 0 ? 0 : Refused;
    }

    private static FileSignature Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] text = new byte[FileSignatureFormat.MaxFileSize + 1];
            int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return FileSignatureParser.Parse(text.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"Couldn't read signature file: {FileFault.Reason(e)}");
        }
    }

    private static bool HasControl(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
                return true;
        }

        return false;
    }

    private static void Note(string line) => StandardStreams.WriteErrorLine(Framework.Printable.Lines(line));

    private void Print(string line)
    {
        if (!quiet)
            StandardStreams.WriteOutput(Framework.Printable.Lines(line) + "\n");
    }
}

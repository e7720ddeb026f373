using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary>The options of <c>-Y</c>, whose letters have meanings of their own there.</summary>
internal sealed partial class KeygenCommand
{
    [Option('Y', ValueName = "operation", Help = "sign files or check signatures", Values = "sign verify find-principals match-principals check-novalidate")]
    public string? Operation { get; private set; }

    [Option('n', ValueName = "namespace", Help = "with -Y: what the signature is for, such as git or file")]
    public string? Namespace { get; private set; }

    [Option('s', ValueName = "file", Help = "with -Y: the signature", Complete = Completion.File)]
    public string? SignatureFile { get; private set; }

    [Option('I', ValueName = "name", Help = "with -Y: who shall have signed")]
    public string? Principal { get; private set; }

    [Option('r', ValueName = "file", Help = "with -Y verify: revoked keys, one per line", Complete = Completion.File)]
    public string? RevokedFile { get; private set; }

    [Option('O', ValueName = "option", Repeatable = true, Help = "with -Y: verify-time=time, print-pubkey or hashalg=name")]
    public List<string> SignatureOptions { get; } = [];

    [Flag('U', Help = "with -Y sign: the private key is with an agent", NotYet = "there is no key agent in this version; -f names the file of the key. For git: user.signingkey is the name of a file, not key::")]
    public bool UseAgent { get; private set; }

    [RestOperands("file", Help = "with -Y sign: what to sign; standard input if none is given", Complete = Completion.File)]
    public List<string> Files { get; } = [];

    private void CheckSignatureOptions()
    {
        // git passes an empty word where it has no time to check for.
        Files.RemoveAll(file => file.Length == 0);
        if (Operation is not null and not ("sign" or "verify" or "find-principals" or "match-principals" or "check-novalidate"))
            throw new UsageException($"Unsupported operation for -Y: \"{Printable.Escape(Operation)}\"");
        if (Files.Count > 0 && Operation is not "sign")
            throw new UsageException($"unexpected operand '{Printable.Escape(Files[0])}'");
        if (Operation is null && ((Namespace ?? SignatureFile ?? Principal ?? RevokedFile) is not null || SignatureOptions.Count > 0))
            throw new UsageException("-n, -s, -I, -r and -O go with -Y only");
    }

    private int RunSignatures()
    {
        KeygenSignChecks checks = new(Quiet);
        KeygenSignOptions options = KeygenSignOptions.Parse(SignatureOptions, forSigning: Operation is "sign");
        switch (Operation)
        {
            case "sign":
                return new KeygenSignFiles(new KeygenDialog(Quiet), OldPassphrase, Quiet).Sign(
                    Required(KeyFile, "key"), Required(Namespace, "namespace"), options.HashName, Files);
            case "verify":
                return checks.Verify(
                    Required(Namespace, "namespace"), Required(SignatureFile, "signature file"), options,
                    new KeygenSignChecks.Signer(Required(KeyFile, "allowed keys file"), Required(Principal, "principal identity"), RevokedFile));
            case "find-principals":
                return checks.FindPrincipals(Required(SignatureFile, "signature file"), Required(KeyFile, "allowed keys file"), options);
            case "match-principals":
                return checks.MatchPrincipals(Required(KeyFile, "allowed keys file"), Required(Principal, "principal ID"));
            default:
                return checks.Verify(Required(Namespace, "namespace"), Required(SignatureFile, "signature file"), options, null);
        }
    }

    private string Required(string? value, string what) =>
        !string.IsNullOrEmpty(value) ? value : throw new Errors.FailureException($"Too few arguments for {Operation}: missing {what}", 1);
}

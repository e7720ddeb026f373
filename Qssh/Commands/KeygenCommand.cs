using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary><c>qssh keygen</c>: makes keys and shows what files of keys hold.</summary>
[Command("keygen", "qssh-keygen", SshName = "ssh-keygen", Summary = "make and show keys", Description = KeygenManual.Description)]
[ManSection("FILES", KeygenManual.Files)]
[ManSection("EXIT STATUS", KeygenManual.ExitStatus)]
[ManSection("SEE ALSO", "qssh(1), qsshd(8)")]
internal sealed partial class KeygenCommand : Command
{
    [Option('t', ValueName = "type", Help = "type of the key; mldsa65 if none is given", Values = "mldsa44 mldsa65 mldsa87")]
    public string? Type { get; private set; }

    [Option('f', ValueName = "file", Help = "file of the private key, or the file to show", Complete = Completion.File)]
    public string? KeyFile { get; private set; }

    [Option('C', ValueName = "comment", Help = "comment; user@host if none is given")]
    public string? Comment { get; private set; }

    [Option('N', ValueName = "passphrase", Help = "new passphrase; '' for none")]
    public string? Passphrase { get; private set; }

    [Option('b', ValueName = "bits", Help = "accepted for old scripts", Note = "has no effect: the type says the size of the key")]
    public string? Bits { get; private set; }

    [Flag('q', Help = "print nothing but errors")]
    public bool Quiet { get; private set; }

    [Flag('l', Help = "show the fingerprint of each key in a file of any kind")]
    public bool ShowFingerprint { get; private set; }

    [Flag('y', Help = "print the public key of a private key file")]
    public bool PrintPublic { get; private set; }

    [Flag('v', Help = "say more")]
    public bool Verbose { get; private set; }

    [Flag('p', Help = "change the passphrase", NotYet = "passphrases come in a later version")]
    public bool ChangePassphrase { get; private set; }

    [Flag('c', Help = "change the comment", NotYet = "it comes in a later version; the comment of a .pub file is free text")]
    public bool ChangeComment { get; private set; }

    protected internal override bool IsQuiet => Quiet;

    protected internal override bool IsVerbose => Verbose;

    protected internal override void OnParsed()
    {
        if (ShowFingerprint && PrintPublic)
            throw new UsageException("-l and -y cannot be used together");
    }

    public override int Run()
    {
        KeygenDialog dialog = new(Quiet);
        if (ShowFingerprint)
            return KeyListing.Show(KeyFile ?? dialog.AskFile(KeygenFiles.Default(Type)));
        return PrintPublic
            ? KeyListing.PrintPublic(KeyFile ?? dialog.AskFile(KeygenFiles.Default(Type)))
            : new KeyMaker(dialog).Make(Type, KeyFile, Comment, Passphrase);
    }
}

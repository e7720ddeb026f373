using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary><c>qssh keygen</c>: makes keys, changes their files and shows what files of keys hold.</summary>
[Command("keygen", "qssh-keygen", SshName = "ssh-keygen", Summary = "make, change and show keys", Description = KeygenManual.Description)]
[ManSection("SIGNATURES", KeygenManual.Signatures)]
[ManSection("FILES", KeygenManual.Files)]
[ManSection("EXIT STATUS", KeygenManual.ExitStatus)]
[ManSection("SEE ALSO", "qssh(1), qsshd(8)")]
internal sealed partial class KeygenCommand : Command
{
    [Option('t', ValueName = "type", Help = "type of the key; falcon512 if none is given", Values = KeygenManual.Types)]
    public string? Type { get; private set; }

    [Option('f', ValueName = "file", Help = "file of the private key, or the file to show or change", Complete = Completion.File)]
    public string? KeyFile { get; private set; }

    [Option('C', ValueName = "comment", Help = "comment; user@host if none is given")]
    public string? Comment { get; private set; }

    [Option('N', ValueName = "passphrase", Help = "new passphrase; '' for none")]
    public string? NewPassphrase { get; private set; }

    [Option('P', ValueName = "passphrase", Help = "present passphrase of the file")]
    public string? OldPassphrase { get; private set; }

    [Option('a', ValueName = "rounds", Min = 1, Help = "passes of Argon2id over its memory, against guessing the passphrase; 8 if none are given")]
    public int? Rounds { get; private set; }

    [Option('Z', ValueName = "cipher", Help = "cipher of the private key file: aes256-gcm", Values = "aes256-gcm")]
    public string? Cipher { get; private set; }

    [Option('b', ValueName = "bits", Help = "accepted for old scripts", Note = "has no effect: the type says the size of the key")]
    public string? Bits { get; private set; }

    [Option('m', ValueName = "format", Help = "format of -e and -i: PKCS8, or private for -e to print the private key", Values = "PKCS8 PEM private")]
    public string? Format { get; private set; }

    [Option('R', ValueName = "host", Help = "remove a host's keys from known_hosts", Complete = Completion.Host)]
    public string? RemovedHost { get; private set; }

    [Option('F', ValueName = "host", Help = "find a host's keys in known_hosts", Complete = Completion.Host)]
    public string? FoundHost { get; private set; }

    [Flag('H', Help = "hide the host names of known_hosts behind hashes")]
    public bool HashHosts { get; private set; }

    [Flag('A', Help = "make all host keys that are missing in /etc/qssh, below the directory of -f if one is given")]
    public bool AllHostKeys { get; private set; }

    [Flag('l', Help = "show the fingerprint of each key in a file of any kind")]
    public bool ShowFingerprint { get; private set; }

    [Flag('y', Help = "print the public key of a private key file")]
    public bool PrintPublic { get; private set; }

    [Flag('p', Help = "change the passphrase")]
    public bool ChangePassphrase { get; private set; }

    [Flag('c', Help = "change the comment")]
    public bool ChangeComment { get; private set; }

    [Flag('e', Help = "export: print a key as PEM")]
    public bool Export { get; private set; }

    [Flag('i', Help = "import: print a key of a PEM file as a key of ours")]
    public bool Import { get; private set; }

    [Flag('q', Help = "print nothing but errors")]
    public bool Quiet { get; private set; }

    [Flag('v', Help = "say more; with -l, draw the key")]
    public bool Verbose { get; private set; }

    protected internal override bool IsQuiet => Quiet;

    protected internal override bool IsVerbose => Verbose;

    private string ShownFile => KeyFile ?? KeygenDialog.AskFile(KeygenFiles.Default(Type), "the key is");

    protected internal override void OnParsed()
    {
        if (ShowFingerprint && PrintPublic)
            throw new UsageException("-l and -y cannot be used together");
        if (ChangePassphrase && ChangeComment)
            throw new UsageException("-p and -c cannot be used together");
        CheckSignatureOptions();
    }

    public override int Run()
    {
        KeygenFiles.CheckCipher(Cipher);
        if (Operation is not null)
            return RunSignatures();
        KeygenDialog dialog = new(Quiet);
        if (FoundHost is not null)
            return new KnownHostsTool(KeyFile, Quiet).Find(FoundHost, ShowFingerprint, HashHosts);
        if (RemovedHost is not null)
            return new KnownHostsTool(KeyFile, Quiet).Remove(RemovedHost);
        if (HashHosts)
            return new KnownHostsTool(KeyFile, Quiet).Hide();
        if (AllHostKeys)
            return new HostKeyMaker(dialog).Make(KeyFile, Comment);
        if (ShowFingerprint)
            return KeyListing.Show(ShownFile, Verbose);
        if (Export)
            return new PemTool(Format).Export(ShownFile, OldPassphrase);
        if (Import)
            return new PemTool(Format).Import(ShownFile, Comment, NewPassphrase, KeygenFiles.Cost(Rounds));
        if (PrintPublic)
            return KeyListing.PrintPublic(ShownFile, OldPassphrase);
        if (ChangePassphrase)
            return new KeyChanger(dialog, KeygenFiles.Cost(Rounds)).ChangePassphrase(ShownFile, OldPassphrase, NewPassphrase);
        return ChangeComment
            ? new KeyChanger(dialog, KeygenFiles.Cost(Rounds)).ChangeComment(ShownFile, OldPassphrase, Comment)
            : new KeyMaker(dialog, KeygenFiles.Cost(Rounds)).Make(Type, KeyFile, Comment, NewPassphrase);
    }
}

namespace Qssh.Commands;

/// <summary>Texts of the manual page of <see cref="KeygenCommand"/>.</summary>
internal static class KeygenManual
{
    public const string Types =
        "falcon512 falcon1024 mldsa44 mldsa65 mldsa87 slhdsa-shake-128s slhdsa-shake-128f slhdsa-shake-192s slhdsa-shake-256s"
        + " falcon512+slhdsa-shake-128s mldsa65+slhdsa-shake-128s mldsa65+slhdsa-shake-192s falcon1024+slhdsa-shake-256s mldsa87+slhdsa-shake-256s";

    public const string Description = """
        Makes a pair of post-quantum signature keys: the private key, readable by its owner only, and the public key beside it in a file
        with the suffix .pub, whose one line goes into the authorized_keys file of the accounts it shall open.

        Types are falcon512 (the default), falcon1024, mldsa44, mldsa65, mldsa87, slhdsa-shake-128s, -128f, -192s and -256s, and dual
        types such as falcon512+slhdsa-shake-128s, whose two signatures must both be right. RSA, DSA, ECDSA and Ed25519 keys are refused: a
        quantum computer breaks them.

        An existing file is never overwritten without asking. With a passphrase the private key is sealed (Argon2id, AES-256-GCM); -p
        changes, adds or removes it and brings an old file to the cost of guessing that is usual today, -c changes the comment. Where
        SSH_ASKPASS names a program it is used as with OpenSSH.

        With -l, prints strength in bits, fingerprint, comment and type of each key in a private key, public key, authorized_keys or
        known_hosts file; -v adds a picture. With -y, prints the public key line of a private key, which needs no passphrase; one that is
        given with -P is tried.

        With -A, makes the host keys falcon512, mldsa65 and slhdsa-shake-128s where they are missing.

        With -e, prints the public key of a file as PEM (SubjectPublicKeyInfo); with -e -m private, the private key, not encrypted (PKCS#8).
        With -i, prints a key of such a file, or of one of ours, as a key of ours; -N protects a private one. ML-DSA and SLH-DSA only: there
        is no standard yet for the others.

        With -F, prints the lines of known_hosts that name a host; with -l their fingerprints, with -H hidden. With -R, removes them;
        revocations stay. With -H, hides all names but patterns. The file before the change is kept with the suffix .old; of a link, what it
        leads to is changed.
        """;

    public const string Signatures = """
        -Y sign -f key -n namespace [-O hashalg=sha256] [file ...]: signs each file into file.sig, or standard input to standard output. The key is
        a private key file, or the .pub file beside one. The namespace says what the signature is for: file for files, git for git; a name of your
        own ends in @ and your domain.

        -Y verify -f allowed -n namespace -I principal -s signature [-r revoked] [-O option]: checks that the content on standard input was signed
        by a key that the allowed-signers file names for the principal, in the namespace, at this time, and that is not in the file of revoked keys.
        Prints 'Good "namespace" signature for principal with TYPE key SHA256:...', or 'Could not verify signature.' and the reason.

        -Y check-novalidate -n namespace -s signature: checks the signature alone, whoever has the key in it.

        -Y find-principals -f allowed -s signature: prints for whom the key of a signature signs; it is not verified.
        -Y match-principals -f allowed -I principal: prints the principals of every line that matches.

        -O verify-time=YYYYMMDD[HHMM[SS]][Z] checks as of that time, -O print-pubkey prints the key of a good signature.

        The allowed-signers file has one signer per line: principals [options] type base64 [comment]. Principals are patterns with *, ? and !,
        separated by commas. Options are namespaces="patterns", valid-after="time" and valid-before="time"; a line with cert-authority allows
        nothing. A line that is malformed is told with its number and allows nothing. A line of the file of revoked keys is a public key.

        For git: git config gpg.format ssh; git config gpg.ssh.program qssh-keygen; git config user.signingkey ~/.qssh/id_falcon512.pub;
        git config gpg.ssh.allowedSignersFile FILE. Then commit -S and tag -s sign, verify-commit, verify-tag and log --show-signature check.
        Keys of OpenSSH are refused, in signatures as everywhere.
        """;

    public const string Files = """
        ~/.qssh/id_TYPE: private key, mode 0600. It is refused when others can read it.

        ~/.qssh/id_TYPE.pub: public key.

        /etc/qssh/host_TYPE, /etc/qssh/host_TYPE.pub: host keys of -A; below the directory of -f if one is given.

        ~/.qssh/known_hosts: the file of -F, -R and -H unless -f names another.
        """;

    public const string ExitStatus =
        "0 on success, 1 on an error, a refused overwrite, a cancelled question, or if -F finds nothing. With -Y, 255 if a signature is not good, nobody matches or a file cannot be read.";
}

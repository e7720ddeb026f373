namespace Qssh.Commands;

/// <summary>Texts of the manual page of <see cref="KeygenCommand"/>.</summary>
internal static class KeygenManual
{
    public const string Description = """
        Makes a pair of post-quantum signature keys: the private key, readable by its owner only, and the public key beside it in a file
        with the suffix .pub, whose one line goes into the authorized_keys file of the accounts it shall open.

        Types are mldsa44, mldsa65 (the default) and mldsa87. RSA, DSA, ECDSA and Ed25519 keys are refused: a quantum computer breaks them.

        An existing file is never overwritten without asking. This version stores keys without a passphrase and says so if one is given.

        With -l, prints strength in bits, fingerprint, comment and type of each key in a private key, public key, authorized_keys or
        known_hosts file. With -y, prints the public key line of a private key.
        """;

    public const string Files = """
        ~/.qssh/id_TYPE: private key, mode 0600. It is refused when others can read it.

        ~/.qssh/id_TYPE.pub: public key.
        """;

    public const string ExitStatus = "0 on success, 1 on an error, a refused overwrite or a cancelled question.";
}

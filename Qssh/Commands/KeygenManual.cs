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

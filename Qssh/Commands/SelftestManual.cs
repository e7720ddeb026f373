namespace Qssh.Commands;

/// <summary>Texts of the manual page of <see cref="SelftestCommand"/>.</summary>
internal static class SelftestManual
{
    public const string Description = """
        Checks that the cryptography of this very executable computes rightly on this machine: hashes, MACs, key derivations, AES-256-GCM
        and ChaCha20-Poly1305 on every implementation that the processor can run, X25519, ML-KEM, CH-KEM, X-Wing, ML-DSA, SLH-DSA, Falcon
        with the processor's and with emulated reals, dual keys and the key schedule of QSSH/1. One line for each, with its time.

        With --vectors, runs the test vectors of a file, or of all files below a directory whose names end in .json or .txt: known answers
        in the shapes of NIST's ACVP, of Wycheproof and of other publishers, as docs/formats.md describes them. One line for each file with
        the number of cases that passed, failed and were skipped, and one for each of the first failures of a file: group, number of the
        case and what was wrong. A case is skipped if it is about something that this program does not offer, and, without --long, if it
        takes minutes.

        Nothing is read but the vectors, nothing is written, and no network is used.
        """;

    public const string ExitStatus = """
        0 if all passed, 1 if anything failed, 2 if a file could not be read or has an unknown shape, or there was none. A failure is told
        before an unreadable file.
        """;

    public const string Examples = """
          qssh selftest
          qssh selftest --vectors ~/wycheproof-subset
          qssh selftest --vectors . --json > report.json
        """;
}

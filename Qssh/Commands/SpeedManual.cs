namespace Qssh.Commands;

/// <summary>Texts of the manual page of <see cref="SpeedCommand"/>.</summary>
internal static class SpeedManual
{
    public const string Description = """
        Prints what the processor has for cryptography and what of it is used, and then a table: hashes, both ciphers with and without
        the processor's instructions, key agreement, signatures, handshakes of a client and a server joined in memory for each suite, and
        the way of data through frames and records.

        Each row is warmed up and then measured in at least three samples; what is printed is the median, half of the distance between
        the extremes in percent, and for operations the time of the processor that one takes; for a handshake that is both sides
        together. Slow operations run three times only. The whole takes less than a minute.

        Words choose rows: those whose name has the word in it or whose group begins with it. The groups are hash, aead, kem, signature,
        handshake and frames. Most suites with slow host keys are measured only if they are named; the suite's cipher is the one that this machine prefers.

        With QSSH_CPU=baseline in the environment the portable ciphers and Falcon's emulated reals are used.
        """;

    public const string Examples = """
          qssh speed
          qssh speed aead falcon512
          QSSH_CPU=baseline qssh speed frames --json
        """;
}

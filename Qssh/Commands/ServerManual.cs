namespace Qssh.Commands;

/// <summary>Prose of qsshd(8).</summary>
internal static class ServerManual
{
    public const string Description = """
        qsshd listens for qssh clients and gives each user who proves a key a shell, a command or a subsystem. Every session is a process of
        its own, with the rights of its user.

        Started by root it serves every permitted account. Started by anyone else it serves that account only and says so; keys and
        configuration then come from the user's own directory unless -h and -f name others.

        An account is refused whose password in /etc/shadow begins with "!" (usermod -L, and useradd without a password), as by OpenSSH
        without PAM: an account that logs in by key only has "*" there (usermod -p '*'). Expired accounts are refused too, and when root's
        server cannot read /etc/shadow, all.

        Options on the command line override the configuration file.
        """;

    public const string Signals = """
        SIGTERM, SIGINT: stop listening and end.

        SIGHUP: read the configuration and the host keys again. If they are wrong, everything stays as it was and the log says why.
        """;

    public const string Files = """
        /etc/qssh/qsshd_config: configuration, one "Keyword value" a line. See qsshd_config(5).

        /etc/qssh/host_falcon512, host_mldsa65, host_slhdsa-shake-128s: host keys, made on first start where they are missing and no HostKey
        is configured; without root in ~/.qssh. All of them take about a tenth of a second.

        ~/.qssh/authorized_keys: the keys that may log in to an account. The file and the directories above it must not be writable by
        others.
        """;

    public const string ExitStatus = """
        0 after a regular end, 1 if the server could not start, with one line on standard error that says why.
        """;
}

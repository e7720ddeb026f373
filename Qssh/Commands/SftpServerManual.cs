namespace Qssh.Commands;

/// <summary>Prose of qssh-sftp-server(8).</summary>
internal static class SftpServerManual
{
    public const string Description = """
        Serves files to one client on standard input and output, by SFTP version 3 with the extensions of OpenSSH's sftp-server:
        posix-rename, statvfs, fstatvfs, hardlink, fsync, lsetstat, limits, expand-path, copy-data, home-directory and users-groups-by-id. It
        runs with the rights of whoever started it.

        qsshd starts it for the subsystem sftp without any configuration. Its options are given by a line of qsshd_config(5):

          Subsystem sftp internal-sftp -u 0027 -l INFO

        An account that may move files and nothing else has

          ForceCommand internal-sftp

        in a Match block, or command="internal-sftp",restrict before its key in authorized_keys.

        Any other client of files can start it by itself: sftp -D /usr/local/bin/qssh-sftp-server

        The process forbids tracing of itself, so that who may change files only cannot change its memory through /proc.
        """;

    public const string Root = """
        With --root, names are looked up beneath that directory by descriptors (openat2(2), Linux 5.6): links and ".." that lead out of it are
        refused, however they got there. It needs no rights that the user does not have, but it is no chroot(2): programs that
        the user may start elsewhere are not bound by it.
        """;

    public const string ExitStatus = """
        0 after the client has closed its side, 1 after an error, which is in the log.
        """;
}

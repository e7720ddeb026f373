namespace Qssh.Commands;

/// <summary>Texts of the manual page of <see cref="ScpCommand"/>.</summary>
internal static class ScpManual
{
    public const string Description = """
        Copies files between this machine and other hosts, or between two hosts. Data goes over the file transfer protocol (SFTP), many
        requests at once: a single file at the speed of the connection, and many small ones without waiting for each.

        Options and operands are those of OpenSSH's scp. Configuration is that of qssh(1): qssh_config(5), -o and -F.
        """;

    public const string Operands = """
        A word with a colon that has no slash before it is host:path; the host is written as qssh(1) takes it, an IPv6 address in brackets. A
        path that begins with no slash is below the user's directory there; scp://host//path begins at the root. Write ./name for a local
        name with a colon.

        Patterns (*, ?, [a-z]) in remote paths are matched here: the server only lists its names. Several sources need a directory as target.
        """;

    public const string Interrupted = """
        --resume takes what is there of a target as its beginning, by its size alone, and adds the rest; a target that is larger, or
        whose size the server does not tell, counts as failed. Nothing is ever written here behind a gap, so that what is there is a beginning
        whatever ended the copy.

        --atomic writes beside the target, to .qssh- and random digits, and gives it the target's name when everything is there. What had
        the name is replaced: of a link the link itself, and with it its mode and owner. What is not a regular file is refused. A copy that
        fails leaves the target as it was; one that KILL ends, or an upload that loses its connection, may leave the other name behind.

        INT, TERM and HUP, unless they were ignored from the start, stop a copy, take the other names away, and then end scp as that signal
        does. A second one, or a host that does not answer for two seconds, ends the connections, too.
        """;

    public const string OldProtocol = """
        With -O scp runs on the other host, and its shell reads the path: it matches the patterns, and blanks need quotes of their own there.
        What comes has to match what was asked for, patterns and {a,b} included; other words of that shell need -T. Names with line ends
        cannot be sent. Holes are filled on the way. Between two hosts everything goes through this machine, which checks it, unless -R is given.
        """;

    public const string Names = """
        The server decides no local name. Below a directory its names are taken only if they hold no slash and no control character and are
        not . or ..; the rest is refused and counts as failed. -T takes control characters too.

        Links in a tree are followed, unless they lead to a directory above them. Sockets, devices and pipes are left out and count as
        failed. Bits for setuid, setgid and sticky are never carried over. Holes of a file stay holes.
        """;

    public const string ExitStatus = """
        0: everything was copied. 1: something was not; a line for each says which file and why. A file that was cut stays as it is and counts
        as failed; one that grew is copied to its end. Modes and times that cannot be set are told of and count as copied. 255: there is no connection, or it broke.
        """;
}

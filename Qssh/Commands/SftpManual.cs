namespace Qssh.Commands;

/// <summary>Texts of the manual page of <see cref="SftpCommand"/>.</summary>
internal static class SftpManual
{
    public const string Description = """
        Shows and moves files of another host by commands that are typed, or read from a batch. With host:path where path is a file, that file
        is fetched and the program ends, as are files that match it as a pattern; where it is a directory, it starts there.

        Options and commands are those of OpenSSH's sftp. Configuration is that of qssh(1): qssh_config(5), -o and -F.
        """;

    public const string Commands = """
        get, put, mget and mput copy files; -a (or reget, reput) goes on where a copy was interrupted, -p keeps times and permission bits, -r
        takes directories, -f waits until the disk has it. ls shows names (-l long, -n numbers, -h sizes for people, -a all, -1 one in a line;
        -t, -S, -r and -f change the order). cd, pwd, mkdir, rmdir, rm, rename, ln, symlink, chmod, chown, chgrp, cp, df and stat work on the
        other host, lcd, lpwd, lls, lmkdir, lumask and ! here. help lists all of them.

        Words are separated by blanks; quotes and backslashes work as in a shell. *, ? and [a-z] match names, here and there.
        """;

    public const string Batches = """
        Each line of a batch is a command and is shown before it runs. The first one that fails ends the batch, unless the line begins with
        -. A line that begins with @ is not shown; -@ and @- do both. # begins a comment. Failures of ! and lls are told and end nothing.
        INT, TERM and HUP stop what runs where it is, and end sftp as that signal does.
        """;

    public const string Keys = """
        Arrows or ^B ^F ^P ^N, Home and End or ^A ^E, Delete and Backspace; ^K and ^U delete to the end and to the start, ^W a word, ^L clears the
        screen. Tab completes commands and paths, here or on the other host as the command has it. ^C stops a transfer, ^D ends.
        """;

    public const string ExitStatus = """
        0: all went well, or commands came from a prompt. 1: a command of a batch failed. 255: there is no connection, or it broke.
        """;
}

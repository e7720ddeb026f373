namespace Qssh.Commands;

/// <summary>Prose of qssh(1).</summary>
internal static class ClientManual
{
    public const string Description = """
        qssh logs in to a remote host and runs a shell or a command there. Keys are agreed with X25519 and ML-KEM together, hosts and users
        are known by post-quantum signatures, and all traffic at the default tier is cut into encrypted frames of one size.

        Options may stand before and after the destination. The first word behind the destination that is not an option begins the remote
        command; from there on every word belongs to the command. A word "--" ends the options at once.

        The file is the whole suite: called by another name, or with a command name as its first word, it is another program. See
        "qssh help". A host that is named like a command is reached as user@name or after "--".
        """;

    public const string Destination = """
        One of

          [user@]host
          [user@]host:port
          [user@][address]:port
          [user@]address
          qssh://[user@]host[:port]
          ssh://[user@]host[:port]

        An IPv6 address needs brackets only in front of a port. In a URI the user may be percent-encoded. Names with blanks, control
        characters, shell metacharacters or a leading "-" are refused.

        Of several values for the user or the port the first one on the command line counts.
        """;

    public const string Files = """
        ~/.qssh/config and /etc/qssh/qssh_config: configuration, one "Keyword value" a line. Command line, user's file and system's file
        are asked in this order, and the first value of a keyword counts. See qssh_config(5).

        ~/.qssh/known_hosts and /etc/qssh/known_hosts: keys of known hosts.

        ~/.qssh/id_*: private keys; the public half has the ending .pub.
        """;

    public const string Environment = """
        QSSH_DEBUG: with the value 1, an internal error is shown with the place where it happened.

        TERM: sent to the remote host with a terminal.

        SSH_ASKPASS, SSH_ASKPASS_REQUIRE: with "force", or with "prefer" and a display, this program asks the question about a new host key
        instead of the terminal.
        """;

    public const string Escapes = """
        In a session with a terminal, "~" at the start of a line (see -e) and one more character:

          ~.   end the connection
          ~^Z  suspend qssh
          ~#   list open channels
          ~I   show what this connection is: peer, host key, tier, suite, generation of keys, bytes
          ~R   agree on new keys now
          ~B   send a break
          ~V   say less, ~v say more
          ~?   list these
          ~~   send one "~"
        """;

    public const string ExitStatus = """
        The exit status of the remote command; 128 plus the number of the signal that ended it; 255 if qssh itself failed, with one line on
        standard error that says why.
        """;

    public const string Examples = """
          qssh alice@example.org
          qssh -p 2022 example.org uptime
          tar c . | qssh example.org "tar x -C /srv"
          git -c core.sshCommand=qssh clone alice@example.org:project.git
          rsync -a -e qssh ./ alice@example.org:backup/
        """;
}

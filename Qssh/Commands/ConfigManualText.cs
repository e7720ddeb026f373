namespace Qssh.Commands;

/// <summary>Prose of qssh_config(5) and qsshd_config(5).</summary>
internal static class ConfigManualText
{
    public const string ClientFiles = """
        ~/.qssh/config

        /etc/qssh/qssh_config
        """;

    public const string ClientDescription = """
        qssh asks the command line, the user's file and the system's file, in this order, and the first value of a keyword counts. So
        put what is special first and what is general last. -F names one file that replaces both; -o gives one line. qssh -G host prints
        what counts for a host.

        The user's file must not be writable by others.
        """;

    public const string ServerDescription = """
        qsshd reads this file at the start and again on SIGHUP; -f names another one, -o gives one line, and what the command line says
        counts first. The first value of a keyword counts, unless its text says that lines add up. qsshd -t checks the file, qsshd -T
        prints what counts. A faulty file ends the start with every fault named by its line; at a reload everything stays as it was.
        """;

    public const string Syntax = """
        One keyword and its value a line, with blanks or one = between. Keywords are the same in any case. # at the start of a line or of
        a word begins a comment. Values with blanks are put in quotes.

        Times are seconds, or numbers with s, m, h, d and w: 90, 5m, 1h30m. Sizes are bytes, or a number with K, M or G.

        Patterns know * and ?; a list with a pattern after ! that matches does not match at all.

          Include file ...

        reads other files in this place. Wildcards * and ? may stand in every part of a path; relative paths start at the directory of the
        configuration.
        """;

    public const string ClientBlocks = """
          Host pattern ...

        begins lines that count if the name on the command line matches a pattern; in the second reading, if the name connected to does.

          Match criterion ...

        begins lines that count if all criteria hold: all; host, originalhost, user, localuser, tagged, command, version (such as
        qssh_0.1.0) and sessiontype (shell, exec, subsystem, none), each with a list of patterns between commas; localnetwork, with a list
        of networks that this machine has an address in; final, which asks for a second reading with the values found; canonical, which
        holds in a second reading; exec, with a command that the user's shell runs with status 0, where EnableMatchExec is yes. ! before a
        criterion reverses it.
        """;

    public const string Tokens = """
        %% one %; %C a digest of %l%h%p%r%j; %d the home; %h the host connected to; %i the number of the local user; %j ProxyJump; %k
        HostKeyAlias, or the host as typed; %L the local host's name without its domain, %l with it; %n the host as typed; %p the port;
        %r the user there; %u the user here.

        IdentityFile, UserKnownHostsFile, RevokedHostKeys, KnownHostsCommand, RemoteCommand, LocalCommand and Match exec take all of them,
        HostName %% and %h, ProxyCommand those that it names. Any other letter is an error. ${NAME} is the value of a variable of the
        environment, in IdentityFile, UserKnownHostsFile, RevokedHostKeys, KnownHostsCommand and Include; one that is not set is an error.
        """;

    public const string ServerBlocks = """
          Match criterion ...

        begins lines that count if all criteria hold: all; user, group, address, localaddress and localport, each with a list of patterns
        between commas; an address may be a network. What a block says comes before what is said for all. What describes the server as a
        whole, such as Port, HostKey, Suites and most limits, cannot stand in a block.
        """;

    public const string Tiers = """
        T1 (post-quantum): the handshake and the login in frames of one size, then records of up to 16 KB. Faster; sizes are visible.

        T2 (hardened): everything in frames of 768 bytes, and cover for keystrokes.

        T3 (entropy-enhanced), T4 (quantum-secured) and T5 (hybrid-quantum) need sources that this version does not have, and are
        refused. T0 would be classical cryptography and does not exist.

        Tier auto is the highest tier whose sources are there, T2 today; it never goes below MinTier.

        Both sides take the highest tier that both speak. It is signed, so nobody in between can lower it.
        """;

    public const string Lists = """
        Names between commas, most wanted first; patterns are allowed. A list replaces the default; after + it is appended, after - it is
        taken out, after ^ it is put first. A name that does not exist is an error, but for lists that take out; a client passes over
        key types of SSH beside others, and where they are added.
        """;
}

using System.Diagnostics;

namespace Qssh.Tests.Support;

/// <summary>The static executable as a client, with the files of one <see cref="TempHome"/> and no others.</summary>
internal sealed class ClientRun(TempHome home, int port)
{
    public string User { get; init; } = Environment.UserName;

    public string Key { get; init; } = "id";

    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Before the destination.</summary>
    public string[] Options { get; init; } = [];

    public ProgramRun Run(params string[] command) => Send(null, command);

    public ProgramRun Send(byte[]? input, params string[] command) => ProgramRun.Of(StaticBinary.Path, Arguments(command), input, SetHome);

    public Process Start(params string[] command) => ProgramRun.Start(StaticBinary.Path, Arguments(command), SetHome);

    /// <summary>Options given here come first, and the first value of a keyword counts.</summary>
    public string[] Arguments(params string[] command) =>
    [
        "-F", "none", .. Options, "-i", home[Key], "-o", "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=" + home["known_hosts"],
        "-o", "GlobalKnownHostsFile=none", "-o", "StrictHostKeyChecking=yes", "-p", port.ToString(), $"{User}@{Host}", .. command,
    ];

    private void SetHome(ProcessStartInfo start) => start.Environment["HOME"] = home.Path;
}

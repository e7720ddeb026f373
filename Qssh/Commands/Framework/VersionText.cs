using Qssh.Platform;

namespace Qssh.Commands.Framework;

/// <summary>What <c>-V</c> prints, on standard error as ssh does: tools read it there.</summary>
internal static class VersionText
{
    private const string Line = "qssh " + CommandTable.Version + " (QSSH/1, CH-KEM, AES-256-GCM)\n";

    public static void Write() => StandardStreams.WriteError(Line);
}

using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary><c>qssh version</c>: as <c>-V</c>, for those who guess.</summary>
[Command("version", Summary = "show the version")]
internal sealed partial class VersionCommand : Command
{
    public override int Run()
    {
        VersionText.Write();
        return 0;
    }
}

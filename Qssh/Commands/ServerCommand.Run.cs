using Qssh.Errors;

namespace Qssh.Commands;

internal sealed partial class ServerCommand
{
    public override int Run() => throw new FailureException("not serving yet", 1);
}

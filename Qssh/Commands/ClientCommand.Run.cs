using Qssh.Errors;

namespace Qssh.Commands;

internal sealed partial class ClientCommand
{
    public override int Run() => throw new FailureException("not connected yet");
}

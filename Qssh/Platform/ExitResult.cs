namespace Qssh.Platform;

/// <summary>How a process ended: by a status, or by a signal.</summary>
internal readonly record struct ExitResult(int Status, int Signal, bool CoreDumped)
{
    public bool WasSignalled => Signal != 0;

    /// <summary>What a shell would report: 128 + n for a signal.</summary>
    public int ShellStatus => WasSignalled ? 128 + Signal : Status;

    public override string ToString() => WasSignalled ? "signal " + SignalNumber.NameOf(Signal) : "status " + Status;
}

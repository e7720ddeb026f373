using System.Runtime.InteropServices;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Signals as events of a reactor. The runtime takes the signal on a thread of its own (a handler in managed code could not run
/// where signals interrupt) and this hands it to the loop. The default action is suppressed while registered.
/// </summary>
internal sealed class SignalSource : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Reactor _reactor;
    private bool _disposed;

    public SignalSource(Reactor reactor) => _reactor = reactor;

    public void On(PosixSignal signal, Action handler) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _reactor.Post(() =>
        {
            if (!_disposed)
                handler();
        });
    }));

    public void On(int signal, Action handler) => On((PosixSignal)signal, handler);

    /// <summary>
    /// Writing to a closed pipe becomes an error instead of death. Spawned children get the default back.
    /// </summary>
    public static void IgnoreBrokenPipe() => Libc.SetSignal(SignalNumber.BrokenPipe, 1);

    /// <summary>Stops this process as ^Z would; returns when it was continued. Restore the terminal before.</summary>
    public static void StopSelf() => Libc.Kill(Libc.ProcessId(), SignalNumber.Stop);

    /// <summary>Whoever started this process had it ignore the signal. Ask before anybody registers for it.</summary>
    public static unsafe bool IsIgnored(int signal)
    {
        // The kernel's struct begins with the handler, 1 for "ignore", and has less than this.
        ulong* action = stackalloc ulong[8];
        return Libc.SystemCall(Libc.SYS_rt_sigaction, signal, 0, (nint)action, sizeof(ulong)) == 0 && action[0] == 1;
    }

    /// <summary>Ends this process by the signal's default action, whoever is registered for it.</summary>
    public static void DieBy(int signal)
    {
        Libc.SetSignal(signal, 0);
        Libc.Kill(Libc.ProcessId(), signal);
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _registrations.Clear();
    }
}

using System.Runtime.CompilerServices;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Where our own program can be executed again. /proc/self/exe names the very file that runs, even when a package upgrade has
/// replaced it, so that a server and its session children are always of one build. In a root directory without /proc it is the
/// path that the kernel executed (AT_EXECFN; argv[0] is the caller's to choose), made absolute by <see cref="Remember"/>.
/// </summary>
internal static unsafe class SelfExecutable
{
    private const string ProcLink = "/proc/self/exe";
    private static string? s_path;

    public static string Path => s_path ?? Remember();

    /// <summary>To be called before the working directory changes.</summary>
    public static string Remember() => s_path ??= Find();

    /// <summary>What our own program needs of the environment: nothing, but for the framework's host, which must find its runtime.</summary>
    public static IReadOnlyList<string> Environment =>
        RuntimeFeature.IsDynamicCodeSupported && System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root ? ["DOTNET_ROOT=" + root] : [];

    private static string Find()
    {
        // Under the framework's host the process is not ours; the program then lies beside its assembly.
        if (RuntimeFeature.IsDynamicCodeSupported)
            return System.IO.Path.Combine(AppContext.BaseDirectory, "qssh");

        fixed (byte* link = NativeText.Of(ProcLink))
        {
            if (Libc.Access(link, Libc.X_OK) == 0)
                return ProcLink;
        }
        byte* executed = Libc.AuxiliaryValue(Libc.AT_EXECFN);
        return System.IO.Path.GetFullPath(executed is null ? System.Environment.GetCommandLineArgs()[0] : NativeText.From(executed));
    }
}

using System.Runtime.InteropServices;

namespace Qssh.Crypto.Rng;

/// <summary>
/// The operating system's generator, getrandom(2), and nothing else. This import is the one native call outside
/// <c>Platform</c>: randomness must not depend on a layer above.
/// </summary>
internal static partial class SystemRandom
{
    private const int Interrupted = 4;

    public static unsafe void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            nint count;
            fixed (byte* pointer = destination)
                count = GetRandom(pointer, (nuint)destination.Length, 0);
            if (count > 0)
                destination = destination[(int)count..];
            else if (count == 0 || Marshal.GetLastPInvokeError() != Interrupted)
                Environment.FailFast("getrandom failed: no key can be made safely");
        }
    }

    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    private static unsafe partial nint GetRandom(byte* buffer, nuint length, uint flags);
}

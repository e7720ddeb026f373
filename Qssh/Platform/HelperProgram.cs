using System.Text;
using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <param name="Output">Null: the program failed, and <paramref name="Fault"/> says why.</param>
internal readonly record struct HelperResult(byte[]? Output, string Fault);

/// <summary>
/// Asks a program that the configuration names, without ever blocking the reactor: what it prints, as a whole, if it ends well within
/// its time and size. Anything else is no answer.
/// </summary>
internal static class HelperProgram
{
    public const int MaxOutput = 1024 * 1024;

    private const int MaxComplaint = 200;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="start">Starts the program with these three as its standard streams.</param>
    public static async ValueTask<HelperResult> RunAsync(Func<int, int, int, ChildProcess> start, TimeSpan patience)
    {
        using OwnedFd? nothing = Descriptor.Open("/dev/null", Libc.O_RDONLY, 0, out _);
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false);
        // Complaints beyond what the pipe holds are lost, so that a program that nobody listens to does not hang.
        (OwnedFd readErrors, OwnedFd writeErrors) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: true);
        using DescriptorStream output = new(read);
        using (readErrors)
        {
            ChildProcess child;
            try
            {
                child = start(nothing?.Value ?? write.Value, write.Value, writeErrors.Value);
            }
            catch (FailureException failure)
            {
                return new HelperResult(null, failure.Message);
            }
            finally
            {
                write.Dispose();
                writeErrors.Dispose();
            }

            using (child)
                return await CollectAsync(child, output, readErrors, patience);
        }
    }

    private static async ValueTask<HelperResult> CollectAsync(ChildProcess child, DescriptorStream output, OwnedFd errors, TimeSpan patience)
    {
        bool expired = false;
        ReactorTimer deadline = Reactor.Current.Schedule(patience, () =>
        {
            expired = true;
            End(child);
            // Whoever else holds the other end does not hold us.
            output.Dispose();
        });
        try
        {
            MemoryStream content = new();
            byte[] chunk = new byte[16384];
            while (!expired && content.Length <= MaxOutput)
            {
                IoResult result = output.Read(chunk);
                if (result.WouldBlock)
                    await output.ReadableAsync();
                else if (result is { IsOk: true, Count: > 0 })
                    content.Write(chunk, 0, result.Count);
                else
                    break;
            }

            if (content.Length > MaxOutput)
                End(child);
            ExitResult exit = await child.ExitAsync();
            return Judge(exit, expired, content, errors, patience);
        }
        finally
        {
            deadline.Cancel();
        }
    }

    private static HelperResult Judge(ExitResult exit, bool expired, MemoryStream content, OwnedFd errors, TimeSpan patience)
    {
        if (expired)
            return new HelperResult(null, $"no answer within {patience.TotalSeconds} s");
        if (content.Length > MaxOutput)
            return new HelperResult(null, $"more than {MaxOutput} bytes");
        if (exit is { Status: 0, WasSignalled: false })
            return new HelperResult(content.ToArray(), "");
        byte[] complaint = new byte[MaxComplaint];
        IoResult read = Descriptor.Read(errors.Value, complaint);
        string text = read.IsOk ? Encoding.UTF8.GetString(complaint, 0, read.Count).Split('\n')[0].Trim() : "";
        return new HelperResult(null, text.Length > 0 ? $"{exit}: {text}" : exit.ToString());
    }

    /// <summary>A session child leads a group; the number of any other child names no group.</summary>
    private static void End(ChildProcess child)
    {
        child.KillGroup(SignalNumber.Kill);
        child.Kill(SignalNumber.Kill);
    }
}

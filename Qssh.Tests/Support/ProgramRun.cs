using System.Diagnostics;
using System.Text;

namespace Qssh.Tests.Support;

/// <summary>A program that ran to its end, or was killed because it took too long.</summary>
internal sealed record ProgramRun(int ExitCode, byte[] Output, string Errors, TimeSpan Time)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string Text => Encoding.UTF8.GetString(Output);

    /// <param name="input">All of its standard input; null: none.</param>
    public static ProgramRun Of(string program, IEnumerable<string> arguments, byte[]? input = null, Action<ProcessStartInfo>? prepare = null)
    {
        long begun = Stopwatch.GetTimestamp();
        using Process process = Start(program, arguments, prepare);
        using MemoryStream output = new(), errors = new();
        Thread[] pumps = [Pump(process.StandardOutput.BaseStream, output), Pump(process.StandardError.BaseStream, errors)];
        Feed(process.StandardInput.BaseStream, input ?? []);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end; it said: {Decode(errors)}");
        }

        foreach (Thread pump in pumps)
        {
            if (!pump.Join(Limit))
                throw new TimeoutException($"{program} left somebody behind who holds its streams");
        }

        return new ProgramRun(process.ExitCode, output.ToArray(), Decode(errors), Stopwatch.GetElapsedTime(begun));
    }

    /// <summary>With all three streams in our hands.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, Action<ProcessStartInfo>? prepare = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        prepare?.Invoke(start);
        return Process.Start(start)!;
    }

    private static string Decode(MemoryStream stream)
    {
        lock (stream)
            return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Thread Pump(Stream from, MemoryStream to) => InBackground(() =>
    {
        byte[] buffer = new byte[65536];
        for (int count; (count = from.Read(buffer)) > 0;)
        {
            lock (to)
                to.Write(buffer, 0, count);
        }
    });

    private static void Feed(Stream to, byte[] content) => InBackground(() =>
    {
        using (to)
            to.Write(content);
    });

    /// <summary>A program that ends before it has read or written everything is no fault here: its output and status tell.</summary>
    private static Thread InBackground(Action action)
    {
        Thread thread = new(() =>
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Nobody reads or writes any more.
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }
}

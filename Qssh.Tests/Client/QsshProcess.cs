using System.Diagnostics;
using System.Text;
using Qssh.Tests.Commands;

namespace Qssh.Tests.Client;

/// <summary>How a run of the executable ended and what it wrote.</summary>
internal sealed record QsshResult(int Exit, byte[] Bytes, string Errors)
{
    public string Output => Encoding.UTF8.GetString(Bytes);
}

/// <summary>Runs the executable beside the tests.</summary>
internal static class QsshProcess
{
    private const int Patience = 60_000;

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "qssh");

    public static Task<QsshResult> RunAsync(string line, string home, byte[]? input = null) => RunAsync(Executable, ShellWords.Split(line), home, input);

    public static async Task<QsshResult> RunAsync(string program, IEnumerable<string> arguments, string home, byte[]? input = null)
    {
        using Process process = Start(program, arguments, home);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await WriteInputAsync(process, input ?? []);
        using CancellationTokenSource limit = new(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end; it said: {await errors}");
        }

        await reading;
        return new QsshResult(process.ExitCode, output.ToArray(), await errors);
    }

    public static Process Start(string program, IEnumerable<string> arguments, string home)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        start.Environment.Remove("SSH_ASKPASS");
        return Process.Start(start)!;
    }

    private static async Task WriteInputAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want all of it.
        }
    }
}

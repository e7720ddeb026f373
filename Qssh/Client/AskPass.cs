using System.Text;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>
/// SSH_ASKPASS: a program that shows a question and writes the answer to its standard output. Used where SSH_ASKPASS_REQUIRE says
/// "force", or "prefer" and there is a display. It is executed as it is named, never through a shell.
/// </summary>
internal sealed class AskPass(string program)
{
    private const int LongestAnswer = 1024;

    public static AskPass? FromEnvironment()
    {
        string? program = Environment.GetEnvironmentVariable("SSH_ASKPASS");
        return string.IsNullOrEmpty(program) || !IsWanted(Environment.GetEnvironmentVariable("SSH_ASKPASS_REQUIRE")) ? null : new AskPass(program);
    }

    /// <returns>Null: the person declined (the program failed).</returns>
    public async ValueTask<string?> AskAsync(string prompt)
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false);
        using DescriptorStream output = new(read);
        ChildProcess child;
        using (write)
            child = ChildProcess.Start(Request(prompt, write.Value));

        using (child)
        {
            byte[] answer = new byte[LongestAnswer];
            int length = await ReadAsync(output, answer);
            ExitResult result = await child.ExitAsync();
            string text = Encoding.UTF8.GetString(answer, 0, length);
            int end = text.AsSpan().IndexOfAny('\r', '\n');
            return result is { Status: 0, WasSignalled: false } ? end < 0 ? text : text[..end] : null;
        }
    }

    private static bool IsWanted(string? require) => require switch
    {
        "force" => true,
        "prefer" => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")),
        _ => false,
    };

    private SpawnRequest Request(string prompt, int output)
    {
        List<string> environment = [];
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment.Add($"{entry.Key}={entry.Value}");
        return new SpawnRequest(program, [program, prompt]) { Environment = environment, Descriptors = [0, output, 2] };
    }

    private static async ValueTask<int> ReadAsync(DescriptorStream output, byte[] answer)
    {
        int length = 0;
        while (length < answer.Length)
        {
            IoResult result = output.Read(answer.AsSpan(length));
            if (result.WouldBlock)
            {
                await output.ReadableAsync();
                continue;
            }

            if (!result.IsOk || result.Count == 0)
                break;
            length += result.Count;
        }

        return length;
    }
}

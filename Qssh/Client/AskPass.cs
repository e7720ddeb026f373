using System.Text;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>
/// SSH_ASKPASS: a program that shows a question and writes the answer to its standard output. As in OpenSSH it is used where there is a
/// display and no terminal; SSH_ASKPASS_REQUIRE says "prefer" (wherever there is a display), "force" (always) or "never". It is
/// executed as it is named, never through a shell.
/// </summary>
internal sealed class AskPass(string program)
{
    private const int LongestAnswer = 1024;

    public const int NoAnswer = -1;

    public static AskPass? FromEnvironment()
    {
        string? program = Environment.GetEnvironmentVariable("SSH_ASKPASS");
        return string.IsNullOrEmpty(program) || !IsWanted(Environment.GetEnvironmentVariable("SSH_ASKPASS_REQUIRE")) ? null : new AskPass(program);
    }

    /// <returns>Null: the person declined (the program failed).</returns>
    public async ValueTask<string?> AskAsync(string prompt)
    {
        byte[] answer = new byte[LongestAnswer];
        int length = await AskAsync(prompt, answer);
        return length == NoAnswer ? null : Encoding.UTF8.GetString(answer, 0, length);
    }

    /// <param name="answer">Memory of the caller, who wipes it if it holds a secret. A longer answer is cut.</param>
    /// <returns>Length of the first line, or <see cref="NoAnswer"/>.</returns>
    public async ValueTask<int> AskAsync(string prompt, Memory<byte> answer)
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false);
        using DescriptorStream output = new(read);
        ChildProcess child;
        using (write)
            child = ChildProcess.Start(Request(prompt, write.Value));

        using (child)
        {
            int length = await ReadAsync(output, answer);
            // Who says more than is read must not wait for a reader that waits for its end.
            output.Dispose();
            ExitResult result = await child.ExitAsync();
            if (result is not { Status: 0, WasSignalled: false })
                return NoAnswer;
            int end = answer.Span[..length].IndexOfAny((byte)'\r', (byte)'\n');
            return end < 0 ? length : end;
        }
    }

    private static bool IsWanted(string? require) => require?.ToLowerInvariant() switch
    {
        "force" => true,
        "prefer" => HasDisplay,
        "never" => false,
        _ => HasDisplay && !ControllingTerminal.Exists,
    };

    private static bool HasDisplay =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));

    private SpawnRequest Request(string prompt, int output) =>
        new(program, [program, prompt]) { Environment = ProcessEnvironment.Own(), Descriptors = [0, output, 2] };

    private static async ValueTask<int> ReadAsync(DescriptorStream output, Memory<byte> answer)
    {
        int length = 0;
        while (length < answer.Length)
        {
            IoResult result = output.Read(answer.Span[length..]);
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

using System.Text;
using Qssh.Client;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Questions and messages of keygen: messages on standard output, answers from standard input; its end cancels.</summary>
internal sealed class KeygenDialog(bool quiet)
{
    /// <summary>With its newline.</summary>
    private const int MaxAnswer = Passphrase.LongestSize + 1;

    public void Say(string line)
    {
        if (!quiet)
            StandardStreams.WriteOutput(Framework.Printable.Lines(line) + "\n");
    }

    public static string AskFile(string standard) => AskFile(standard, "to save the key");

    public static string AskFile(string standard, string purpose)
    {
        StandardStreams.WriteOutput(Framework.Printable.Lines($"Enter file in which {purpose} ({standard}): "));
        string answer = Answer();
        return answer.Length > 0 ? answer : standard;
    }

    public bool ConfirmOverwrite(string path)
    {
        StandardStreams.WriteOutput(Framework.Printable.Lines($"{path} already exists.\nOverwrite (y/n)? "));
        return Answer() is "y" or "Y" or "yes" or "YES";
    }

    /// <summary>One line of text; empty if the answer is.</summary>
    public static string Ask(string question)
    {
        StandardStreams.WriteOutput(Framework.Printable.Lines(question));
        return Answer();
    }

    /// <summary>Asked twice, as typing errors cannot be seen. An empty answer is no passphrase.</summary>
    public static Passphrase AskNewPassphrase(string question)
    {
        Passphrase first = AskPassphrase(question);
        using Passphrase second = AskPassphrase("Enter same passphrase again: ");
        if (first.IsSame(second))
            return first;
        first.Dispose();
        throw new FailureException("Passphrases do not match.  Try again.", 1);
    }

    /// <summary>Through SSH_ASKPASS or from the terminal without echo, else from standard input.</summary>
    public static Passphrase AskPassphrase(string question)
    {
        if (PassphrasePrompt.CanAsk)
        {
            using Reactor reactor = new();
            Passphrase? answer = null;
            reactor.Run(async () =>
            {
                answer = await PassphrasePrompt.AskAsync(question);
                return 0;
            });
            return answer ?? throw new FailureException("cancelled", 1);
        }

        StandardStreams.WriteOutput(Framework.Printable.Lines(question));
        Span<byte> line = stackalloc byte[MaxAnswer];
        try
        {
            return new Passphrase(line[..Read(line)]);
        }
        finally
        {
            ConstantTime.Wipe(line);
        }
    }

    private static string Answer()
    {
        Span<byte> line = stackalloc byte[MaxAnswer];
        int length = Read(line);
        return Encoding.UTF8.GetString(line[..length]).Trim();
    }

    /// <summary>One line, byte by byte: what follows it belongs to the next reader.</summary>
    private static int Read(Span<byte> line)
    {
        for (int length = 0; length < line.Length; length++)
        {
            IoResult result = Descriptor.Read(0, line.Slice(length, 1));
            if (!result.IsOk || (result.Count == 0 && length == 0))
                throw new FailureException("cancelled", 1);
            if (result.Count != 0 && line[length] != (byte)'\n')
                continue;
            line[length] = 0;
            return length;
        }

        throw new FailureException("the answer is too long", 1);
    }
}

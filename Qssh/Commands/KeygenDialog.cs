using System.Text;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Commands;

/// <summary>Questions and messages of keygen: messages on standard output, answers from standard input; its end cancels.</summary>
internal sealed class KeygenDialog(bool quiet)
{
    private const int MaxAnswer = 1024;

    public void Say(string line)
    {
        if (!quiet)
            StandardStreams.WriteOutput(line + "\n");
    }

    public string AskFile(string standard)
    {
        StandardStreams.WriteOutput($"Enter file in which to save the key ({standard}): ");
        string answer = Answer();
        return answer.Length > 0 ? answer : standard;
    }

    public bool ConfirmOverwrite(string path)
    {
        StandardStreams.WriteOutput($"{path} already exists.\nOverwrite (y/n)? ");
        return Answer() is "y" or "Y" or "yes" or "YES";
    }

    /// <summary>Asked twice, as typing errors cannot be seen. From the terminal without echo if there is one, else from standard input.</summary>
    /// <returns>Whether a passphrase was given; an empty answer is none.</returns>
    public static bool AskPassphrase()
    {
        using SecretBuffer first = new(MaxAnswer), second = new(MaxAnswer);
        int length = Hidden("Enter passphrase (empty for no passphrase): ", first);
        if (Hidden("Enter same passphrase again: ", second) != length || !ConstantTime.AreEqual(first.Span, second.Span))
            throw new FailureException("passphrases do not match", 1);
        return length > 0;
    }

    private static int Hidden(string question, SecretBuffer answer)
    {
        if (!ControllingTerminal.Exists)
        {
            StandardStreams.WriteOutput(question);
            return Read(answer.Span);
        }

        byte[] typed = GC.AllocateArray<byte>(MaxAnswer, pinned: true);
        try
        {
            int length = ControllingTerminal.Ask(question, echo: false, typed);
            if (length < 0)
                throw new FailureException("cancelled", 1);
            typed.AsSpan(0, length).CopyTo(answer.Span);
            return length;
        }
        finally
        {
            ConstantTime.Wipe(typed);
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

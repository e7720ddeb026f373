using System.Text;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>Questions and messages of keygen: messages on standard output, answers from standard input; its end cancels.</summary>
internal sealed class KeygenDialog(bool quiet)
{
    private const int MaxAnswer = 4096;

    public void Say(string line)
    {
        if (!quiet)
            Write(line + "\n");
    }

    public string AskFile(string standard)
    {
        Write($"Enter file in which to save the key ({standard}): ");
        string answer = Answer();
        return answer.Length > 0 ? answer : standard;
    }

    public bool ConfirmOverwrite(string path)
    {
        Write($"{path} already exists.\nOverwrite (y/n)? ");
        return Answer() is "y" or "Y" or "yes" or "YES";
    }

    /// <summary>Asked twice, as typing errors cannot be seen.</summary>
    public string AskPassphrase()
    {
        string first = Hidden("Enter passphrase (empty for no passphrase): ");
        return Hidden("Enter same passphrase again: ") == first ? first : throw new FailureException("passphrases do not match", 1);
    }

    private static string Hidden(string question)
    {
        Write(question);
        return Answer();
    }

    /// <summary>Byte by byte: what follows the line belongs to the next reader.</summary>
    private static string Answer()
    {
        byte[] line = new byte[MaxAnswer];
        int length = 0;
        while (length < line.Length)
        {
            IoResult result = Descriptor.Read(0, line.AsSpan(length, 1));
            if (!result.IsOk || (result.Count == 0 && length == 0))
                throw new FailureException("cancelled", 1);
            if (result.Count == 0 || line[length] == (byte)'\n')
                return Encoding.UTF8.GetString(line, 0, length).Trim();
            length++;
        }

        throw new FailureException("the answer is too long", 1);
    }

    private static void Write(string text) => StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(text));
}

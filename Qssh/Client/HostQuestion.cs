using System.Text;
using Qssh.Config;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>Asks a person whether a new host key is right: at the terminal, or through SSH_ASKPASS where the environment prefers it.</summary>
internal sealed class HostQuestion(ClientOptions options)
{
    private const int LongestAnswer = 256;

    private readonly AskPass? _askPass = AskPass.FromEnvironment();

    public bool CanAsk => !options.BatchMode && (_askPass is not null || ControllingTerminal.Exists);

    /// <param name="fingerprint">A person who types it instead of "yes" has compared it.</param>
    public async ValueTask<bool> AskAsync(string question, string fingerprint)
    {
        string prompt = question;
        while (await AnswerAsync(prompt) is { } answer)
        {
            if (Judge(answer, fingerprint) is { } decided)
                return decided;
            prompt = "Please type 'yes', 'no' or the fingerprint: ";
        }

        return false;
    }

    /// <returns>Null: neither yes nor no.</returns>
    internal static bool? Judge(string answer, string fingerprint)
    {
        string word = answer.Trim();
        if (word.Equals("yes", StringComparison.OrdinalIgnoreCase) || word == fingerprint)
            return true;
        return word.Length == 0 || word.Equals("no", StringComparison.OrdinalIgnoreCase) ? false : null;
    }

    private async ValueTask<string?> AnswerAsync(string prompt)
    {
        if (_askPass is not null)
            return await _askPass.AskAsync(prompt);

        byte[] answer = new byte[LongestAnswer];
        int length = await ControllingTerminal.AskAsync(prompt, echo: true, answer);
        return length == ControllingTerminal.NoAnswer ? null : Encoding.UTF8.GetString(answer, 0, length);
    }
}

using Qssh.Platform;
using Qssh.Secrets;

namespace Qssh.Client;

/// <summary>Asks a person for a passphrase: at the terminal without echo, or through SSH_ASKPASS where the environment wants it.</summary>
internal static class PassphrasePrompt
{
    public static bool CanAsk => AskPass.FromEnvironment() is not null || ControllingTerminal.Exists;

    /// <returns>Null: nobody is there, or the person declined.</returns>
    public static async ValueTask<Passphrase?> AskAsync(string prompt)
    {
        // Pinned, so that the collector leaves no second copy behind.
        byte[] typed = GC.AllocateArray<byte>(Passphrase.LongestSize, pinned: true);
        try
        {
            int length = AskPass.FromEnvironment() is { } program
                ? await program.AskAsync(prompt, typed)
                : await ControllingTerminal.AskAsync(prompt, echo: false, typed);
            return length < 0 ? null : new Passphrase(typed.AsSpan(0, length));
        }
        finally
        {
            ConstantTime.Wipe(typed);
        }
    }
}

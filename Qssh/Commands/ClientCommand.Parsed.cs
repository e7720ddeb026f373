using Qssh.Config;
using Qssh.Commands.Framework;

namespace Qssh.Commands;

/// <summary>What the words of the command line mean together.</summary>
internal sealed partial class ClientCommand
{
    /// <summary>Where to connect. Null only with -Q.</summary>
    public Destination? Destination { get; private set; }

    /// <summary>The remote command, or the name of the subsystem; null asks for a shell.</summary>
    public string? RemoteCommand { get; private set; }

    /// <summary>The remote command byte for byte, even where its words are not UTF-8.</summary>
    public byte[]? RemoteCommandBytes() =>
        RemoteCommand == null ? null : RawArguments.Join(RemoteCommand, RemoteCommand == JoinedWords() ? Words!.Count : 0);

    protected internal override void OnParsed()
    {
        RemoteCommand = JoinedWords();
        TakeCommandOption();
        TakeCipherOrCommand();
        bool subsystem = Settings.Contains("SessionType=subsystem");
        if (subsystem && Settings.Contains("SessionType=none"))
            throw new UsageException("-N and -s cannot be used together");
        if (subsystem && RemoteCommand == null)
            throw new UsageException("-s needs the name of a subsystem after the destination");

        if (LogToSystem && LogFile != null)
            throw new UsageException("-y and -E cannot be used together");

        if (Terminal != null)
            AddSetting("RequestTTY", Terminal, overrides: true);
        if (Quiet)
            AddSetting("LogLevel", "QUIET", overrides: true);
        else if (Verbosity > 0)
            AddSetting("LogLevel", "DEBUG" + Verbosity.ToString(), overrides: true);
    }

    /// <summary>Words without a single byte ask for a shell, as in OpenSSH.</summary>
    private string? JoinedWords()
    {
        string joined = Words == null ? "" : string.Join(' ', Words);
        return joined.Length == 0 ? null : joined;
    }

    private void TakeCommandOption()
    {
        if (CommandOption == null)
            return;

        if (RemoteCommand != null)
            throw new UsageException("--command and a command after the destination cannot be used together");

        RemoteCommand = CommandOption;
    }

    /// <summary>-c is OpenSSH's list of ciphers, and the remote command of our users; no list of ciphers is a command anyone has.</summary>
    private void TakeCipherOrCommand()
    {
        if (CipherOrCommand == null)
            return;

        if (CipherNames.IsList(CipherOrCommand))
        {
            AddSetting("Ciphers", CipherOrCommand, overrides: true);
        }
        else if (RemoteCommand == null)
            RemoteCommand = CipherOrCommand;
        else
            throw new UsageException($"-c: '{Printable.Escape(CipherOrCommand)}' is no cipher, and there is a command already");
    }
}

using System.Globalization;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Files.Prompt;

/// <summary>Commands about this machine.</summary>
internal sealed partial class Shell
{
    /// <returns>False: the command is none of these.</returns>
    private bool DispatchLocal(string name, List<string> words)
    {
        switch (name)
        {
            case "lcd" or "lchdir":
                string directory = new CommandLine(words, "", 0, 1).Plain(0) ?? "~";
                Check("Couldn't change local directory to", directory, LocalFiles.ChangeDirectory(LocalPath.Expand(directory)));
                break;
            case "lpwd":
                Say($"Local working directory: {Show(Environment.CurrentDirectory)}");
                break;
            case "lmkdir":
                string path = new CommandLine(words, "", 1, 1).Plain(0)!;
                Check("Couldn't create local directory", path, LocalFiles.MakeDirectory(LocalPath.Expand(path), 0x1FF));
                break;
            case "lumask":
                if (!TryNumber(new CommandLine(words, "", 1, 1).Plain(0)!, 8, 0x1FF, out uint value))
                    throw new FailureException("You must supply a numeric argument to the lumask command.", 1);
                ProcessSettings.SetFileModeMask(value);
                Say("Local umask: " + Convert.ToString(value, 8).PadLeft(3, '0'));
                break;
            default:
                return false;
        }

        return true;
    }

    private void Check(string what, string path, int error)
    {
        if (error != 0)
            _report.Fail($"{what} {TransferReport.Quote(path)}: {Errno.Text(error)}");
    }

    /// <summary>A command for the user's shell; nothing: the shell itself. As with OpenSSH's sftp its failure is told and ends no batch.</summary>
    private static async ValueTask RunLocalAsync(string command)
    {
        string shell = Environment.GetEnvironmentVariable("SHELL") is ['/', ..] set ? set : "/bin/sh";
        string[] words = command.Length == 0 ? [shell] : [shell, "-c", command];
        int status = await LocalProgram.RunAsync(words);
        if (status != 0)
            StandardStreams.WriteErrorLine("Shell exited with status " + status.ToString(CultureInfo.InvariantCulture));
    }
}

using Qssh.Errors;
using Qssh.Platform;
using Qssh.Sftp.Client;
using Qssh.Telemetry.Log;

namespace Qssh.Files.Prompt;

/// <summary>What the options of sftp set for all commands.</summary>
internal sealed class ShellOptions
{
    public bool Preserve { get; init; }

    public bool Recursive { get; init; }

    public bool Resume { get; init; }

    public bool Synchronize { get; init; }

    /// <summary>No words about what goes well.</summary>
    public bool Quiet { get; init; }

    public bool Progress { get; init; }
}

/// <summary>The commands of sftp, on one session. Whatever the server says is escaped before it is shown.</summary>
internal sealed partial class Shell
{
    private readonly SftpClient _client;
    private readonly ShellOptions _options;
    private readonly TransferReport _report;
    private readonly string _home;
    private bool _showsProgress;

    /// <param name="directory">Where the session starts.</param>
    public Shell(SftpClient client, ShellOptions options, string directory)
    {
        _client = client;
        _options = options;
        _showsProgress = options.Progress;
        Directory = _home = directory;
        _report = new TransferReport(text => StandardStreams.WriteErrorLine(text));
    }

    /// <summary>Where relative remote paths start.</summary>
    public string Directory { get; private set; }

    public SftpClient Client => _client;

    /// <summary>The user stops what runs.</summary>
    public void Cancel() => _report.Cancel();

    /// <summary>The user wants no more.</summary>
    public bool HasQuit { get; private set; }

    /// <returns>False: it failed, and that was told.</returns>
    /// <exception cref="SftpLostException">The session is over.</exception>
    public async ValueTask<bool> ExecuteAsync(string line)
    {
        line = line.TrimStart();
        if (line.StartsWith('!'))
        {
            await RunLocalAsync(line[1..].Trim());
            return true;
        }

        _report.Reset();
        try
        {
            List<string> words = ShellWords.Split(line);
            if (words.Count == 0)
                return true;
            if (words[0].ToLowerInvariant() is "quit" or "exit" or "bye")
            {
                HasQuit = true;
                return true;
            }

            await DispatchAsync(words, line);
        }
        catch (SftpException refusal)
        {
            _report.Fail(refusal.Message);
        }
        catch (FailureException failure)
        {
            _report.Fail(failure.Message);
        }
        catch (ProtocolException fault)
        {
            throw TransferReport.AsLost(fault);
        }

        return _report.Failures == 0 && !_report.IsCancelled;
    }

    /// <summary>All names of commands, for completion and help.</summary>
    public static readonly string[] Names =
    [
        "bye", "cd", "chgrp", "chmod", "chown", "copy", "cp", "df", "exit", "get", "help", "lcd", "lls", "lmkdir", "ln", "lpwd", "ls", "lumask", "mget",
        "mkdir", "mput", "progress", "put", "pwd", "quit", "reget", "rename", "reput", "rm", "rmdir", "stat", "symlink", "version",
    ];

    private ValueTask DispatchAsync(List<string> words, string line)
    {
        string name = words[0].ToLowerInvariant();
        switch (name)
        {
            case "get" or "mget" or "reget":
                return GetAsync(new CommandLine(words, "afpPrR", 1, 2), resume: name == "reget");
            case "put" or "mput" or "reput":
                return PutAsync(new CommandLine(words, "afpPrR", 1, 2), resume: name == "reput");
            case "ls" or "dir":
                return ListAsync(new CommandLine(words, "1afhilnrStCFgo", 0, 1));
            case "cd" or "chdir":
                return ChangeDirectoryAsync(new CommandLine(words, "", 0, 1));
            case "pwd":
                Say($"Remote working directory: {Show(Directory)}");
                break;
            case "version":
                Say($"SFTP protocol version {_client.Version}");
                break;
            case "progress":
                _showsProgress = !_showsProgress;
                Say(_showsProgress ? "Progress meter enabled" : "Progress meter disabled");
                break;
            case "help" or "?":
                StandardStreams.WriteOutput(ShellHelp.Text);
                break;
            case "lls":
                return RunLocalAsync("ls" + line[3..]);
            default:
                return DispatchLocal(name, words) ? default : DispatchNamesAsync(name, words);
        }

        return default;
    }

    private ValueTask DispatchNamesAsync(string name, List<string> words) => name switch
    {
        "rm" or "delete" => RemoveAsync(new CommandLine(words, "f", 1, int.MaxValue)),
        "mkdir" or "rmdir" => DirectoryAsync(new CommandLine(words, "p", 1, 1)),
        "rename" => RenameAsync(new CommandLine(words, "l", 2, 2)),
        "ln" or "symlink" => LinkAsync(new CommandLine(words, "s", 2, 2)),
        "chmod" or "chown" or "chgrp" => ChangeAsync(new CommandLine(words, "h", 2, 2)),
        "cp" or "copy" => CopyAsync(new CommandLine(words, "", 2, 2)),
        "df" => ShowSpaceAsync(new CommandLine(words, "hi", 0, 1)),
        "stat" => ShowStatusAsync(new CommandLine(words, "", 1, 1)),
        _ => throw new FailureException("Invalid command.", 1),
    };

    /// <summary>The path from the root, as the shell's directory is ours and not the server's.</summary>
    private string Absolute(string path) => path.StartsWith('/') ? path : LocalFiles.Join(Directory, path);

    private async ValueTask<string> ResolveAsync(string path)
    {
        if (!path.StartsWith('~'))
            return Absolute(path);
        string found = await RemotePath.ResolveAsync(_client, path);
        return found.StartsWith('/') ? found : LocalFiles.Join(_home, found);
    }

    private ValueTask<List<string>> ExpandAsync(string pattern) => Glob.ExpandAsync(new RemoteTree(_client, anyName: false), AbsolutePattern(pattern));

    private string AbsolutePattern(string pattern) => pattern.StartsWith('/') ? pattern : LocalFiles.Join(GlobPattern.Escape(Directory), pattern);

    private static void Say(string text) => StandardStreams.WriteOutput(text + "\n");

    private void Tell(string text)
    {
        if (!_options.Quiet)
            Say(text);
    }

    private static string Show(string path) => PeerText.Escape(path, 4096);
}

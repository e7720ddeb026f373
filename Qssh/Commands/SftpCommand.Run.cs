using System.Runtime.InteropServices;
using Qssh.Client;
using Qssh.Commands.Framework;
using Qssh.Errors;
using Qssh.Files;
using Qssh.Files.Prompt;
using Qssh.Platform;
using Qssh.Sftp.Client;

namespace Qssh.Commands;

internal sealed partial class SftpCommand
{
    private const int StandardInput = 0;
    private const string Prompt = "sftp> ";

    private bool IsSilent => Quiet || (BatchFile is not null && !NotQuiet);

    public override int Run()
    {
        StandardStream.EnsureAllOpen();
        ProcessSettings.OutliveFileSizeLimit();
        List<string> words = RawArguments.Restore([Where ?? "", Local ?? ""]);
        CopyPlace place = DirectServer is not null && Where is null ? new CopyPlace(null, "") : Parse(words[0]);
        return new Reactor().Run(() => RunAsync(place, words[1]));
    }

    /// <summary>Unlike an operand of scp, a word without a colon is a host.</summary>
    internal static CopyPlace Parse(string text)
    {
        const string Scheme = "sftp://";
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return CopyPlace.ParseUri(text[Scheme.Length..]);
        CopyPlace place = CopyPlace.Parse(text);
        return place.Host is null ? new CopyPlace(text, "") : place;
    }

    private async ValueTask<int> RunAsync(CopyPlace place, string local)
    {
        FileRoute route = new()
        {
            Settings = Settings,
            ConfigFile = ConfigFile,
            Quiet = Quiet,
            Verbosity = Verbosity,
            Program = Program,
            DirectServer = DirectServer,
            Subsystem = Subsystem ?? "sftp",
            Buffer = Buffer,
            Requests = Requests,
            Rate = Limit * 1000L / 8,
        };
        using FileLogin login = new(route);
        try
        {
            using BatchInput? batch = BatchFile is null ? null : BatchInput.Open(BatchFile);
            SftpClient client = await login.OpenAsync(DirectServer is null ? Destination.Parse(place.Host!) : null);
            if (BatchFile is null && !Quiet)
                StandardStreams.WriteErrorLine(DirectServer is null ? $"Connected to {Printable.Escape(Destination.Parse(place.Host!).Host)}." : "Attached to the file server.");
            int status = await ServeAsync(login, place.Path, local, batch);
            await login.CloseAsync();
            return status;
        }
        catch (ShownFailureException failure)
        {
            StandardStreams.WriteErrorLine(Printable.Lines(failure.Message));
        }
        catch (Exception failure) when (failure is FailureException or SftpLostException or ProtocolException or SftpException)
        {
            StandardStreams.WriteErrorLine(Printable.Lines($"{CalledAs}: {failure.Message}"));
        }

        return FailureException.OwnFailure;
    }

    private async ValueTask<int> ServeAsync(FileLogin login, string path, string local, BatchInput? batch)
    {
        SftpClient client = login.Client!;
        ShellOptions options = new()
        {
            Preserve = Preserve,
            Recursive = Recursive,
            Resume = Resume,
            Synchronize = Synchronize,
            Quiet = IsSilent,
            Progress = !IsSilent,
        };
        Shell shell = new(client, options, (await client.RealPathAsync(".")).Name);
        using SignalSource interrupts = new(Reactor.Current);
        if (BatchFile is null)
            interrupts.On(PosixSignal.SIGINT, shell.Cancel);
        using CopySignals signals = new(shell.Cancel, login.Sever, withInterrupt: BatchFile is not null);
        if (path.Length > 0)
        {
            string resolved = await RemotePath.ResolveAsync(client, path);
            if (local.Length > 0 || !await client.IsDirectoryAsync(resolved))
            {
                // A name that is there as it stands is that file, whatever characters it has.
                bool isPattern = path.AsSpan().ContainsAny("*?[\\") && await client.FindAsync(resolved, follow: false) is null;
                string word = isPattern ? ShellWords.QuotePattern(path) : ShellWords.Quote(path);
                return await ExecuteAsync(shell, signals, $"get -- {word}{(local.Length > 0 ? " " + ShellWords.Quote(local) : "")}") ? 0 : 1;
            }

            if (!IsSilent)
                StandardStreams.WriteOutput($"Changing to: {Printable.Escape(path)}\n");
            if (!await ExecuteAsync(shell, signals, "cd -- " + ShellWords.Quote(path)))
                return 1;
        }

        return await CommandsAsync(shell, signals, batch);
    }

    private static async ValueTask<bool> ExecuteAsync(Shell shell, CopySignals signals, string command)
    {
        signals.IsBusy = true;
        try
        {
            return await shell.ExecuteAsync(command);
        }
        finally
        {
            signals.DieIfAsked();
            signals.IsBusy = false;
        }
    }

    /// <summary>Without -b what comes on standard input is shown and goes on after failures, as with OpenSSH's sftp.</summary>
    private async ValueTask<int> CommandsAsync(Shell shell, CopySignals signals, BatchInput? batch)
    {
        using LineEditor? editor = BatchFile is null && Descriptor.IsTerminal(StandardInput) ? new(Prompt, new Completer(shell)) : null;
        using BatchInput? input = editor is null && batch is null ? BatchInput.Open(null) : null;
        while (await (editor?.ReadAsync() ?? (batch ?? input!).NextAsync()) is { } line)
        {
            (string command, bool goesOn, bool isHidden) = editor is null ? BatchInput.Prefixes(line) : (line, true, true);
            if (!isHidden && !(Quiet && BatchFile is null))
                StandardStreams.WriteOutput(Prompt + line + "\n");
            bool isDone = await ExecuteAsync(shell, signals, command);
            if (shell.HasQuit)
                break;
            if (!isDone && BatchFile is not null && !goesOn)
                return 1;
        }

        return 0;
    }
}

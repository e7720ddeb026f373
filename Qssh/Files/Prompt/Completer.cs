using Qssh.Errors;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Telemetry.Log;

namespace Qssh.Files.Prompt;

/// <summary>Commands at the start of the line, then paths: of this machine or of the server, as the command has it.</summary>
internal sealed class Completer(Shell shell) : ICompleter
{
    private static readonly string[] s_local = ["put", "mput", "reput", "lcd", "lls", "lmkdir", "lchdir"];
    private static readonly string[] s_neither = ["bye", "exit", "quit", "help", "?", "version", "progress", "pwd", "lpwd", "lumask"];

    public async ValueTask<Completions> CompleteAsync(string before)
    {
        int start = WordStart(before);
        string typed = before[start..];
        string[] words = before[..start].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return Commands(typed);
        if (Array.IndexOf(s_neither, words[0]) >= 0)
            return Completions.None;
        List<string> plain;
        try
        {
            plain = ShellWords.Split(typed.StartsWith('"') && (typed.Length == 1 || !typed.EndsWith('"')) ? typed + '"' : typed);
        }
        catch (FailureException)
        {
            return Completions.None;
        }

        string path = plain.Count == 0 ? "" : GlobPattern.Unescape(plain[0]);
        return await PathsAsync(typed, path, IsLocal(words));
    }

    /// <summary>The second path of get is local, that of put remote.</summary>
    private static bool IsLocal(string[] words)
    {
        int operands = 0;
        foreach (string word in words.AsSpan(1))
            operands += word.StartsWith('-') ? 0 : 1;
        bool firstIsLocal = Array.IndexOf(s_local, words[0]) >= 0;
        bool takesBoth = words[0] is "get" or "mget" or "reget" or "put" or "mput" or "reput";
        return takesBoth && operands > 0 ? !firstIsLocal : firstIsLocal;
    }

    private async ValueTask<Completions> PathsAsync(string typed, string path, bool isLocal)
    {
        int slash = path.LastIndexOf('/');
        string directory = path[..(slash + 1)], name = path[(slash + 1)..];
        List<string> choices = [];
        if (isLocal)
        {
            List<string> names = [];
            string place = directory.Length == 0 ? "." : LocalPath.Expand(directory);
            LocalFiles.List(place, names);
            foreach (string entry in names.FindAll(entry => Begins(entry, name)))
                choices.Add(directory + entry + (LocalFiles.IsDirectory(LocalFiles.Join(place, entry)) ? "/" : ""));
        }
        else
        {
            foreach (SftpEntry entry in await EntriesAsync(directory))
            {
                if (Begins(entry.Name, name) && RemoteName.IsSafe(entry.Name, allowControl: false))
                    choices.Add(directory + entry.Name + (SftpClient.IsDirectory(entry.Attributes) ? "/" : ""));
            }
        }

        choices.Sort(string.CompareOrdinal);
        return Choose(typed, choices, directory);
    }

    private async ValueTask<List<SftpEntry>> EntriesAsync(string directory)
    {
        try
        {
            return await shell.Client.ListAsync(directory.StartsWith('/') ? directory : LocalFiles.Join(shell.Directory, directory));
        }
        catch (SftpException)
        {
            return [];
        }
    }

    private static bool Begins(string entry, string name) => entry.StartsWith(name, StringComparison.Ordinal) && (name.Length > 0 || !entry.StartsWith('.'));

    private static Completions Commands(string typed)
    {
        List<string> choices = [];
        foreach (string name in Shell.Names)
        {
            if (name.StartsWith(typed, StringComparison.Ordinal))
                choices.Add(name);
        }

        return Choose(typed, choices, "");
    }

    /// <param name="choices">Whole paths; a slash at the end marks a directory.</param>
    private static Completions Choose(string typed, List<string> choices, string hidden)
    {
        if (choices.Count == 0)
            return Completions.None;
        string common = choices[0];
        foreach (string text in choices)
            common = common[..common.AsSpan().CommonPrefixLength(text)];
        if (common.Length > 0 && char.IsHighSurrogate(common[^1]))
            common = common[..^1];
        string quoted = ShellWords.Quote(common);
        // More is to come: the quotes stay open.
        if (choices.Count > 1 || common.EndsWith('/'))
            quoted = quoted.StartsWith('"') ? quoted[..^1] : quoted;
        else
            quoted += " ";
        return new Completions(typed.Length, choices.ConvertAll(choice => PeerText.Escape(choice[hidden.Length..], 512)), common.Length == 0 ? typed : quoted);
    }

    /// <summary>Where the word begins that the cursor is in, quotes and backslashes included.</summary>
    private static int WordStart(string before)
    {
        int start = 0;
        char quote = '\0';
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] == '\\')
                i++;
            else if (quote != '\0')
                quote = before[i] == quote ? '\0' : quote;
            else if (before[i] is '"' or '\'')
                quote = before[i];
            else if (before[i] == ' ')
                start = i + 1;
        }

        return Math.Min(start, before.Length);
    }
}

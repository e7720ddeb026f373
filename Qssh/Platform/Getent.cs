using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>getent(1): the machine's own answer for names in LDAP, SSSD and the like, from a program that may load their modules.</summary>
internal static class Getent
{
    private const int MaxAnswer = 65536;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] s_paths = ["/usr/bin/getent", "/bin/getent"];

    /// <param name="name">Validated: it becomes an argument.</param>
    public static async ValueTask<UserAccount?> FindAccountAsync(string name)
    {
        byte[] answer = await AskAsync("passwd", name);
        int end = answer.AsSpan().IndexOf((byte)'\n');
        UserAccount? account = AccountParser.Passwd(answer.AsSpan(0, end < 0 ? answer.Length : end), AccountSource.Getent);

        // A source that is sloppy about case or aliases must not make one name another.
        return account?.Name == name ? account : null;
    }

    /// <summary>"name gid gid gid"</summary>
    public static async ValueTask<IReadOnlyList<uint>> FindGroupsAsync(string name)
    {
        byte[] answer = await AskAsync("initgroups", name);
        var groups = new List<uint>();
        string text = System.Text.Encoding.UTF8.GetString(answer);
        if (!text.StartsWith(name, StringComparison.Ordinal))
            return groups;

        foreach (string word in text[name.Length..].Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (uint.TryParse(word, out uint gid) && gid != uint.MaxValue)
                groups.Add(gid);
        }
        return groups;
    }

    private static async ValueTask<byte[]> AskAsync(string database, string name)
    {
        string? path = Array.Find(s_paths, File.Exists);
        using OwnedFd? nothing = path is null ? null : Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _);
        if (nothing is null)
            return [];

        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false);
        ChildProcess child;
        try
        {
            child = ChildProcess.Start(new SpawnRequest(path!, ["getent", "--", database, name])
            {
                Descriptors = [nothing.Value, write.Value, nothing.Value],
                Environment = ["PATH=/usr/bin:/bin", "LC_ALL=C"],
            });
        }
        catch (FailureException)
        {
            read.Dispose();
            return [];
        }
        finally
        {
            write.Dispose();
        }
        using (child)
        using (read)
            return await CollectAsync(child, read);
    }

    private static async ValueTask<byte[]> CollectAsync(ChildProcess child, OwnedFd read)
    {
        ReactorTimer deadline = Reactor.Current.Schedule(Patience, () => child.Kill(SignalNumber.Kill));
        byte[] answer = new byte[MaxAnswer];
        int length = 0;
        using (FdWatch watch = Reactor.Current.Watch(read.Value))
        {
            while (length < answer.Length)
            {
                IoResult result = Descriptor.Read(read.Value, answer.AsSpan(length));
                if (result.WouldBlock)
                    await watch.ReadableAsync();
                else if (result is { IsOk: true, Count: > 0 })
                    length += result.Count;
                else
                    break;
            }
        }
        if (length == answer.Length)
            child.Kill(SignalNumber.Kill);
        ExitResult exit = await child.ExitAsync();
        deadline.Cancel();
        return exit is { Status: 0, WasSignalled: false } ? answer[..length] : [];
    }
}

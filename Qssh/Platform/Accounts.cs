using System.Text;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Users and groups from /etc, read anew for each question (the files are small and change while we run), without the C
/// library's name services, which a static executable must not load. Names that are not in the file are asked of getent(1) when the
/// machine uses other sources.
/// </summary>
internal sealed class Accounts(string directory)
{
    private const int MaxGroups = 65536; // NGROUPS_MAX

    public static Accounts System { get; } = new("/etc");

    /// <summary>The first entry wins, as for everybody else who reads the file.</summary>
    public UserAccount? FindByName(string name)
    {
        if (!AccountName.IsValid(name))
            return null;

        byte[] wanted = Encoding.UTF8.GetBytes(name);
        using LineFile? file = Open("passwd");
        while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.StartsWith(wanted) && line.Length > wanted.Length && line[wanted.Length] == ':'
                && AccountParser.Passwd(line, AccountSource.File) is { } account)
                return account;
        }
        return null;
    }

    public UserAccount? FindByUid(uint uid)
    {
        using LineFile? file = Open("passwd");
        while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
        {
            if (AccountParser.TryParsePasswd(line, out _, out uint found, out _, out _) && found == uid)
                return AccountParser.Passwd(line, AccountSource.File);
        }
        return null;
    }

    /// <summary>Also asks the machine's other sources. Null: nobody of that name.</summary>
    public async ValueTask<UserAccount?> FindByNameAsync(string name)
    {
        if (!AccountName.IsValid(name))
            return null;
        return FindByName(name) ?? (HasOtherSources() ? await Getent.FindAccountAsync(name) : null);
    }

    /// <summary>The user that this process runs as; synthesised from the environment when no database knows the uid.</summary>
    public UserAccount FindOwn()
    {
        uint uid = UserIdentity.Uid;
        return FindByUid(uid) ?? Synthesize(uid);
    }

    public uint? FindGroup(string name)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        using LineFile? file = Open("group");
        while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
        {
            if (AccountParser.TryParseGroup(line, out ReadOnlySpan<byte> found, out uint gid, out _) && found.SequenceEqual(wanted))
                return gid;
        }
        return null;
    }

    /// <summary>Names of the groups that the file knows.</summary>
    public IReadOnlyList<string> NamesOfGroups(IReadOnlyList<uint> groups)
    {
        var names = new List<string>();
        using LineFile? file = Open("group");
        while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
        {
            if (AccountParser.TryParseGroup(line, out ReadOnlySpan<byte> found, out uint gid, out _) && IsAmong(groups, gid))
                names.Add(Encoding.UTF8.GetString(found));
        }
        return names;
    }

    private static bool IsAmong(IReadOnlyList<uint> groups, uint gid)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            if (groups[i] == gid)
                return true;
        }
        return false;
    }

    /// <summary>As initgroups(3): the primary group and every group that lists the user.</summary>
    public IReadOnlyList<uint> GroupsOf(UserAccount account)
    {
        var groups = new List<uint> { account.Gid };
        var seen = new HashSet<uint> { account.Gid };
        byte[] user = Encoding.UTF8.GetBytes(account.Name);
        using LineFile? file = Open("group");
        while (file is not null && groups.Count < MaxGroups && file.TryRead(out ReadOnlySpan<byte> line))
        {
            if (AccountParser.TryParseGroup(line, out _, out uint gid, out ReadOnlySpan<byte> members)
                && AccountParser.HasMember(members, user) && seen.Add(gid))
                groups.Add(gid);
        }
        return groups;
    }

    /// <summary>Also asks the machine's other sources.</summary>
    public async ValueTask<IReadOnlyList<uint>> GroupsOfAsync(UserAccount account)
    {
        IReadOnlyList<uint> known = GroupsOf(account);
        if (account.Source == AccountSource.Synthesized || !HasOtherSources())
            return known;

        var groups = new List<uint>(known);
        foreach (uint gid in await Getent.FindGroupsAsync(account.Name))
        {
            if (!groups.Contains(gid) && groups.Count < MaxGroups)
                groups.Add(gid);
        }
        return groups;
    }

    public AccountState StateOf(UserAccount account, DateTimeOffset now)
    {
        long today = now.ToUnixTimeSeconds() / 86400;
        byte[] user = Encoding.UTF8.GetBytes(account.Name);
        using LineFile? file = Open("shadow");
        while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
        {
            if (AccountParser.TryParseShadow(line, user, today, out AccountState state))
                return state;
        }
        bool isMissing = file is null && FileStatus.OfPath(Path.Combine(directory, "shadow"), followLinks: true, out _) == Errno.NoEntry;
        return new AccountState { IsUnreadable = file is null ? !isMissing : file.IsBroken };
    }

    /// <summary>Whether logins of all but root are suspended, and the text to show (nologin(5)).</summary>
    public bool IsNoLogin(out string message)
    {
        foreach (string path in (ReadOnlySpan<string>)[Path.Combine(directory, "nologin"), "/run/nologin"])
        {
            if (FileStatus.OfPath(path, followLinks: true, out _) != 0)
                continue;

            var text = new StringBuilder();
            using LineFile? file = LineFile.Open(path);
            while (file is not null && text.Length < 4096 && file.TryRead(out ReadOnlySpan<byte> line))
                text.Append(Encoding.UTF8.GetString(line)).Append('\n');
            message = text.ToString();
            return true;
        }
        message = "";
        return false;
    }

    /// <summary>Whether nsswitch.conf(5) names a source of users beside the files: only then is a process per unknown name worth it.</summary>
    internal bool HasOtherSources()
    {
        using LineFile? file = Open("nsswitch.conf");
        while (file is not null && file.TryRead(out ReadOnlySpan<byte> line))
        {
            string text = Encoding.UTF8.GetString(line).Trim();
            if (!text.StartsWith("passwd:", StringComparison.Ordinal))
                continue;
            foreach (string word in text["passwd:".Length..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (word is not ("files" or "systemd") && word[0] != '[')
                    return true;
            }
        }
        return false;
    }

    private static UserAccount Synthesize(uint uid)
    {
        string? name = Environment.GetEnvironmentVariable("USER") ?? Environment.GetEnvironmentVariable("LOGNAME");
        string? home = Environment.GetEnvironmentVariable("HOME"), shell = Environment.GetEnvironmentVariable("SHELL");
        return new UserAccount
        {
            Name = name is not null && AccountName.IsValid(name) && System.FindByName(name) is null ? name : "uid" + uid,
            Uid = uid,
            Gid = UserIdentity.Gid,
            Home = home is ['/', ..] ? home : "/",
            Shell = shell is ['/', ..] ? shell : "/bin/sh",
            Source = AccountSource.Synthesized,
        };
    }

    private LineFile? Open(string name) => LineFile.Open(Path.Combine(directory, name));
}

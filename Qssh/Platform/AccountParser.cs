using System.Buffers.Text;
using System.Text;

namespace Qssh.Platform;

/// <summary>
/// One line of passwd(5), group(5) or shadow(5). What is not exactly as prescribed is no entry at all; NIS "+" lines are none either.
/// </summary>
internal static class AccountParser
{
    /// <summary>The id that setuid and chown take for "leave unchanged": never an account.</summary>
    private const uint NoId = uint.MaxValue;

    /// <summary>name:password:uid:gid:gecos:home:shell</summary>
    public static bool TryParsePasswd(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out uint uid, out uint gid, out ReadOnlySpan<byte> rest)
    {
        uid = gid = 0;
        rest = default;
        ReadOnlySpan<byte> left = line;
        return TryField(ref left, out name) && AccountName.IsValid(name) && TryField(ref left, out _)
            && TryId(ref left, out uid) && TryId(ref left, out gid)
            && TryField(ref left, out _) && (rest = left).Count((byte)':') == 1;
    }

    public static UserAccount? Passwd(ReadOnlySpan<byte> line, AccountSource source)
    {
        if (!TryParsePasswd(line, out ReadOnlySpan<byte> name, out uint uid, out uint gid, out ReadOnlySpan<byte> rest))
            return null;

        int colon = rest.IndexOf((byte)':');
        string home = Text(rest[..colon]), shell = Text(rest[(colon + 1)..]);
        if (home.Contains('\0') || shell.Contains('\0'))
            return null;

        return new UserAccount
        {
            Name = Text(name),
            Uid = uid,
            Gid = gid,
            Home = home.Length == 0 ? "/" : home,
            Shell = shell.Length == 0 ? "/bin/sh" : shell,
            Source = source,
        };
    }

    /// <summary>name:password:gid:member,member</summary>
    public static bool TryParseGroup(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out uint gid, out ReadOnlySpan<byte> members)
    {
        gid = 0;
        members = line;
        return TryField(ref members, out name) && AccountName.IsValid(name) && TryField(ref members, out _)
            && TryId(ref members, out gid) && !members.Contains((byte)':');
    }

    public static bool HasMember(ReadOnlySpan<byte> members, ReadOnlySpan<byte> user)
    {
        while (!members.IsEmpty)
        {
            int comma = members.IndexOf((byte)',');
            ReadOnlySpan<byte> member = comma < 0 ? members : members[..comma];
            if (member.Trim((byte)' ').SequenceEqual(user))
                return true;
            members = comma < 0 ? default : members[(comma + 1)..];
        }
        return false;
    }

    /// <summary>name:password:changed:min:max:warn:inactive:expires:reserved, dates in days since 1970; empty and -1 mean "never".</summary>
    public static bool TryParseShadow(ReadOnlySpan<byte> line, ReadOnlySpan<byte> user, long today, out AccountState state)
    {
        state = default;
        ReadOnlySpan<byte> left = line;
        if (!TryField(ref left, out ReadOnlySpan<byte> name) || !name.SequenceEqual(user) || !TryField(ref left, out ReadOnlySpan<byte> password))
            return false;

        Span<long> days = stackalloc long[6]; // changed, min, max, warn, inactive, expires
        for (int i = 0; i < days.Length; i++)
        {
            if (!TryField(ref left, out ReadOnlySpan<byte> field))
                return false;
            days[i] = Utf8Parser.TryParse(field, out int value, out int used) && used == field.Length ? value : -1;
        }
        (long changed, long max, long inactive, long expires) = (days[0], days[2], days[4], days[5]);
        bool unused = changed > 0 && max >= 0 && inactive >= 0 && today > changed + max + inactive;
        state = new AccountState
        {
            IsKnown = true,
            IsPasswordLocked = password.StartsWith("!"u8),
            // 0 is what some tools write to expire at once; shadow(5) advises against but programs agree on it.
            IsExpired = unused || (expires >= 0 && today >= expires),
        };
        return true;
    }

    private static bool TryField(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> field)
    {
        int colon = line.IndexOf((byte)':');
        field = colon < 0 ? default : line[..colon];
        if (colon >= 0)
            line = line[(colon + 1)..];
        return colon >= 0;
    }

    private static bool TryId(scoped ref ReadOnlySpan<byte> line, out uint id)
    {
        id = NoId;
        // Digits only: the parser alone would take a sign.
        return TryField(ref line, out ReadOnlySpan<byte> field) && !field.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(field, out id, out int used) && used == field.Length && id != NoId;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}

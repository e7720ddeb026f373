using System.Net;

namespace Qssh.Config;

/// <summary>AllowUsers, DenyUsers, AllowGroups, DenyGroups: denials first, then an allow list, if there is one, must name the user.</summary>
internal static class AccessList
{
    /// <returns>The reason to refuse, for the server's log; null: permitted.</returns>
    public static string? Refusal(ServerOptions options, string user, IReadOnlyList<string> groups, IPAddress? from)
    {
        if (NamesUser(options.DenyUsers, user, from, out _))
            return "listed in DenyUsers";
        if (options.AllowUsers.Count > 0 && (!NamesUser(options.AllowUsers, user, from, out bool excluded) || excluded))
            return "not listed in AllowUsers";
        if (NamesGroup(options.DenyGroups, groups))
            return "a group is listed in DenyGroups";
        if (options.AllowGroups.Count > 0 && !NamesGroup(options.AllowGroups, groups))
            return "no group is listed in AllowGroups";
        return null;
    }

    /// <summary>Patterns of names, or <c>user@address</c> where the address is a pattern or a network.</summary>
    private static bool NamesUser(List<string> patterns, string user, IPAddress? from, out bool excluded)
    {
        bool named = false;
        excluded = false;
        foreach (string item in patterns)
        {
            bool negated = item.StartsWith('!');
            string pattern = negated ? item[1..] : item;
            int at = pattern.LastIndexOf('@');
            bool matches = at < 0
                ? MatchesName(pattern, user)
                : MatchesName(pattern[..at], user) && ServerMatch.MatchesAddress(pattern[(at + 1)..], from);
            excluded |= matches && negated;
            named |= matches && !negated;
        }

        return named;
    }

    private static bool NamesGroup(List<string> patterns, IReadOnlyList<string> groups)
    {
        foreach (string group in groups)
        {
            foreach (string pattern in patterns)
            {
                if (MatchesName(pattern, group))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Account names differ by case.</summary>
    private static bool MatchesName(string pattern, string name) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}

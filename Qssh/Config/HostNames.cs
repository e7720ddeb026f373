namespace Qssh.Config;

/// <summary>
/// What may be a user or a host name. Both end up in files, logs and the arguments of other programs, so control bytes, blanks and
/// shell metacharacters are refused where they come in.
/// </summary>
internal static class HostNames
{
    public const int MaxUser = 255, MaxHost = 1025;

    public static bool IsSafeUser(string name)
    {
        if (name.Length is 0 or > MaxUser || name[0] == '-')
            return false;
        foreach (char c in name)
        {
            if (c < 0x20 || c == 0x7F || "'`\";&<>|(){}$\\".Contains(c))
                return false;
        }

        return name[^1] is not (' ' or '\t');
    }

    public static bool IsSafeHost(string name)
    {
        if (name.Length is 0 or > MaxHost || name[0] == '-')
            return false;
        foreach (char c in name)
        {
            if (c <= 0x20 || c >= 0x7F || "'`\"$\\;&<>|(){}!*?#".Contains(c))
                return false;
        }

        return true;
    }
}

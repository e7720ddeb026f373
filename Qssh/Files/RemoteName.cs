namespace Qssh.Files;

/// <summary>
/// Names that a server gave and that become local names. The server decides nothing: what could lead elsewhere is refused, and so is what
/// could speak to a terminal, unless the user asks for any name.
/// </summary>
internal static class RemoteName
{
    public static bool IsSafe(string name, bool allowControl) =>
        name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\0') && (allowControl || !HasControl(name));

    /// <summary>Its host alone names a home directory. One that is hidden nobody expects: it could be a place where programs look for orders.</summary>
    public static bool IsSafeHome(string name, bool anyName) => IsSafe(name, anyName) && (anyName || name[0] != '.');

    public static bool HasControl(string name)
    {
        foreach (char c in name)
        {
            // The second range: C1 controls, which some terminals obey.
            if (c is < ' ' or (>= '\x7f' and <= '\x9f'))
                return true;
        }

        return false;
    }
}

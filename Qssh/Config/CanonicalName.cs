using Qssh.Errors;

namespace Qssh.Config;

/// <summary>CanonicalizeHostname: a short name with the first of CanonicalDomains in which it exists.</summary>
internal static class CanonicalName
{
    /// <summary>Names behind a proxy are the proxy's to look up, unless "always" is asked for.</summary>
    public static bool IsWanted(ClientOptions options) => options.CanonicalizeHostname.Value switch
    {
        Canonicalization.Always => true,
        Canonicalization.Yes => options.ProxyCommand.Value.Length == 0 && options.ProxyJump.Value.Length == 0,
        _ => false,
    };

    public static string Find(string name, ClientOptions options, ILocalMachine? machine)
    {
        if (!IsWanted(options) || machine is null || name.Contains(':') || System.Net.IPAddress.TryParse(name, out _))
            return name;
        if (name.EndsWith('.'))
            return name[..^1];
        if (name.Split('.').Length - 1 > options.CanonicalizeMaxDots)
            return name;

        foreach (string domain in options.CanonicalDomains.Value)
        {
            string full = $"{name}.{domain.TrimStart('.')}".ToLowerInvariant();
            if (HostNames.IsSafeHost(full) && machine.Resolves(full))
                return full;
        }

        return options.CanonicalizeFallbackLocal ? name : throw new FailureException($"Could not resolve host \"{name}\" in CanonicalDomains");
    }
}

using Qssh.Config;
using Qssh.Identity;

namespace Qssh.Client;

/// <summary>
/// CheckHostIP: the address behind a trusted name has its key in known_hosts as well. A new one is stored, so that another name for the same
/// address is noticed when it shows another key.
/// </summary>
internal static class AddressCheck
{
    /// <returns>Why the host is not to be trusted; null: it may be.</returns>
    public static string? Judge(ClientOptions options, string name, ProvenHost host, IEnumerable<string> files, string? userFile, ClientLog log)
    {
        if (!options.CheckHostIp || options.HostKeyAlias.IsSet || host.PlainAddress is not { } address || address == name)
            return null;
        KnownHostKeys known = KnownHosts.Find(files, address, options.Port);
        HostKeyVerdict verdict = known.Check(host.Key);
        if (verdict.Status == HostKeyStatus.Revoked)
            return TrustMessages.Revoked(known.Label, host.Key, verdict.Place!);
        if (verdict.Status == HostKeyStatus.Unknown || verdict.OtherSchemes.Count > 0)
        {
            string? warning = KnownHostsWriter.Add(userFile, address, options.Port, host.Key, options.HashKnownHosts);
            log.Info(warning ?? "Warning: Permanently added the " + host.KeyType + " host key for IP address '" + known.Label + "' to the list of known hosts.");
        }
        else if (verdict.Status == HostKeyStatus.Changed)
        {
            string text = "Warning: the " + host.KeyType + " host key for '" + name + "' differs from the key for the IP address '" + known.Label + "' (" + verdict.Place + ")";
            if (options.StrictHostKeyChecking.Value is HostKeyChecking.Yes or HostKeyChecking.Ask)
                return text + "\nRemove that line if the address belongs to this host now, or set CheckHostIP to no.\n" + TrustMessages.Failed;
            log.Info(text);
        }

        return null;
    }
}

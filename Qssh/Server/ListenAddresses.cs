using Qssh.Config;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>From ListenAddress, Port and AddressFamily to what is bound.</summary>
internal static class ListenAddresses
{
    public static async ValueTask<IReadOnlyList<SocketAddress>> ResolveAsync(ServerOptions options)
    {
        List<SocketAddress> addresses = [];
        foreach (ListenAddress listen in options.Listeners())
        {
            int port = listen.Port ?? ClientOptions.DefaultPort;
            if (listen.Host.Length == 0)
                AddWildcards(addresses, options.AddressFamily, port);
            else
                addresses.AddRange(await LookUpAsync(listen.Host, port, options.AddressFamily));
        }

        return addresses;
    }

    /// <summary>Both families where the machine has both: a kernel without IPv6 is no error.</summary>
    private static void AddWildcards(List<SocketAddress> addresses, AddressFamily family, int port)
    {
        if (family != AddressFamily.Inet6)
            addresses.Add(SocketAddress.AnyV4(port));
        if (family == AddressFamily.Inet6 || (family == AddressFamily.Any && Directory.Exists("/proc/sys/net/ipv6")))
            addresses.Add(SocketAddress.AnyV6(port));
    }

    private static async ValueTask<IReadOnlyList<SocketAddress>> LookUpAsync(string host, int port, AddressFamily family)
    {
        IpFamily wanted = family switch
        {
            AddressFamily.Inet => IpFamily.V4,
            AddressFamily.Inet6 => IpFamily.V6,
            _ => IpFamily.Any,
        };
        try
        {
            SocketAddress[] addresses = await NameResolver.ResolveAsync(host, wanted);
            for (int i = 0; i < addresses.Length; i++)
                addresses[i] = addresses[i].WithPort(port);
            return addresses;
        }
        catch (FailureException fault)
        {
            throw new FailureException("ListenAddress: " + fault.Message, 1);
        }
    }
}

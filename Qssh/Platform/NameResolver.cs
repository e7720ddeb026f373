using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>
/// Host names to addresses. Numeric forms need no resolver; names go to getaddrinfo on a thread of their own (the only thread this
/// product starts), as it blocks. A static C library must not load modules that a machine's nsswitch.conf names, for they
/// belong to another library: lookups are fixed to the hosts file and DNS before the first one.
/// </summary>
internal static class NameResolver
{
    private const int StackSize = 512 * 1024;
    private static readonly Lock s_lock = new();
    private static bool s_configured;

    /// <summary>Addresses in the resolver's order of preference (RFC 6724), port 0. Never blocks the reactor it is awaited on.</summary>
    public static ValueTask<SocketAddress[]> ResolveAsync(string host, IpFamily family)
    {
        if (SocketAddress.TryParse(host, 0, out SocketAddress address))
        {
            if (family != IpFamily.Any && address.Family != family)
                throw new FailureException($"{host} is not an {(family == IpFamily.V4 ? "IPv4" : "IPv6")} address");
            return new ValueTask<SocketAddress[]>([address]);
        }
        CheckName(host);
        return LookUpAsync(host, family);
    }

    /// <summary>Whether a name has an address. Blocks.</summary>
    public static bool Exists(string host)
    {
        try
        {
            CheckName(host);
            return LookUp(host, IpFamily.Any).Length > 0;
        }
        catch (FailureException)
        {
            return false;
        }
    }

    /// <summary>Must come before anything else that asks the C library for names. Does nothing the second time.</summary>
    public static void ConfigureLookups()
    {
        lock (s_lock)
        {
            if (s_configured)
                return;
            s_configured = true;
            try
            {
                Configure("passwd", "files");
                Configure("group", "files");
                Configure("hosts", "files dns");
            }
            catch (EntryPointNotFoundException)
            {
                // A C library that does not load modules (musl) does not have it either.
            }
        }
    }

    private static void CheckName(string host)
    {
        if (host.Length is 0 or > 255 || host[0] == '-' || host.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
            throw new FailureException("not a host name: " + (host.Length == 0 ? "it is empty" : "it has characters that no host name has"));
    }

    private static async ValueTask<SocketAddress[]> LookUpAsync(string host, IpFamily family)
    {
        Reactor reactor = Reactor.Current;
        var done = new Notifier();
        SocketAddress[]? found = null;
        Exception? fault = null;
        var worker = new Thread(() =>
        {
            try
            {
                found = LookUp(host, family);
            }
            catch (Exception exception)
            {
                fault = exception;
            }
            reactor.Post(done.Set);
        }, StackSize)
        { IsBackground = true, Name = "resolver" };
        worker.Start();
        await done.WaitAsync();
        return fault is null ? found! : throw fault;
    }

    private static unsafe SocketAddress[] LookUp(string host, IpFamily family)
    {
        ConfigureLookups();
        var hints = new Libc.AddressInfo
        {
            Family = family switch { IpFamily.V4 => Libc.AF_INET, IpFamily.V6 => Libc.AF_INET6, _ => Libc.AF_UNSPEC },
            SocketType = Libc.SOCK_STREAM,
            Protocol = Libc.IPPROTO_TCP,
        };
        Libc.AddressInfo* list = null;
        int result;
        fixed (byte* name = NativeText.Of(host))
            result = Libc.GetAddressInfo(name, null, &hints, &list);
        if (result != 0)
            throw new FailureException($"cannot find host {host}: {Reason(result, Errno.Last)}");

        var addresses = new List<SocketAddress>();
        for (Libc.AddressInfo* item = list; item is not null; item = item->Next)
        {
            var address = SocketAddress.FromSockaddr(new ReadOnlySpan<byte>(item->Address, (int)item->AddressLength));
            if (address.Family != IpFamily.Any && !addresses.Contains(address))
                addresses.Add(address);
        }
        Libc.FreeAddressInfo(list);
        return [.. addresses];
    }

    private static string Reason(int result, int error) => result switch
    {
        Libc.EAI_NONAME or Libc.EAI_NODATA => "no such name in /etc/hosts or DNS; check the spelling",
        Libc.EAI_AGAIN => "no name server answered; check the network and /etc/resolv.conf, or use the address",
        Libc.EAI_FAIL => "the name server failed; try again or use the address",
        Libc.EAI_SYSTEM => Errno.Text(error),
        _ => $"resolver error {result}",
    };

    private static unsafe void Configure(string database, string services)
    {
        fixed (byte* name = NativeText.Of(database), value = NativeText.Of(services))
            Libc.ConfigureLookup(name, value);
    }
}

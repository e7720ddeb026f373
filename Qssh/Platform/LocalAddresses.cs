using System.Net;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>Addresses of this machine's interfaces that are up.</summary>
internal static unsafe class LocalAddresses
{
    public static List<IPAddress> Find()
    {
        List<IPAddress> found = [];
        Libc.InterfaceAddress* list;
        if (Libc.GetInterfaceAddresses(&list) != 0)
            return found;
        for (Libc.InterfaceAddress* item = list; item is not null; item = item->Next)
        {
            if (item->Address is null || (item->Flags & Libc.IFF_UP) == 0)
                continue;
            ushort family = *(ushort*)item->Address;
            // sockaddr_in and sockaddr_in6.
            if (family == Libc.AF_INET)
                found.Add(new IPAddress(new ReadOnlySpan<byte>(item->Address + 4, 4)));
            else if (family == Libc.AF_INET6)
                found.Add(new IPAddress(new ReadOnlySpan<byte>(item->Address + 8, 16)));
        }

        Libc.FreeInterfaceAddresses(list);
        return found;
    }
}

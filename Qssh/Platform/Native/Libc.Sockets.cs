using System.Runtime.InteropServices;

namespace Qssh.Platform.Native;

internal static unsafe partial class Libc
{
    public const int AF_UNSPEC = 0;
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_IPV6 = 41;
    public const int SOL_SOCKET = 1;
    public const int SO_REUSEADDR = 2;
    public const int SO_ERROR = 4;
    public const int SO_SNDBUF = 7;
    public const int SO_KEEPALIVE = 9;
    public const int IPPROTO_IP = 0;
    public const int IP_TOS = 1;
    public const int IPV6_TCLASS = 67;
    public const int SO_REUSEPORT = 15;
    public const int SO_BINDTODEVICE = 25;
    public const int SO_SNDBUFFORCE = 32;
    public const int TCP_NODELAY = 1;
    public const int TCP_CONGESTION = 13;
    public const int IPV6_V6ONLY = 26;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int SHUT_WR = 1;
    public const int EAI_NONAME = -2;
    public const int EAI_AGAIN = -3;
    public const int EAI_FAIL = -4;
    public const int EAI_NODATA = -5;
    public const int EAI_SYSTEM = -11;
    public const int AI_ADDRCONFIG = 0x20;

    [StructLayout(LayoutKind.Sequential)]
    public struct AddressInfo
    {
        public int Flags;
        public int Family;
        public int SocketType;
        public int Protocol;
        public uint AddressLength;
        public byte* Address;
        public byte* CanonicalName;
        public AddressInfo* Next;
    }

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int family, int type, int protocol, int* sockets);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport(Library, EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int socket, byte* address, uint* length, int flags);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport(Library, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int socket, byte* address, uint* length);

    [LibraryImport(Library, EntryPoint = "getpeername", SetLastError = true)]
    public static partial int GetPeerName(int socket, byte* address, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSocketOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "inet_pton")]
    public static partial int AddressFromText(int family, byte* text, byte* address);

    [LibraryImport(Library, EntryPoint = "inet_ntop")]
    public static partial byte* AddressToText(int family, byte* address, byte* text, uint length);

    [LibraryImport(Library, EntryPoint = "if_nametoindex")]
    public static partial uint InterfaceIndex(byte* name);

    [LibraryImport(Library, EntryPoint = "getaddrinfo", SetLastError = true)]
    public static partial int GetAddressInfo(byte* host, byte* service, AddressInfo* hints, AddressInfo** result);

    [LibraryImport(Library, EntryPoint = "freeaddrinfo")]
    public static partial void FreeAddressInfo(AddressInfo* result);

    /// <summary>struct ifaddrs, as far as it is read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct InterfaceAddress
    {
        public InterfaceAddress* Next;
        public byte* Name;
        public uint Flags;
        public byte* Address;
    }

    public const uint IFF_UP = 1;

    [LibraryImport(Library, EntryPoint = "getifaddrs", SetLastError = true)]
    public static partial int GetInterfaceAddresses(InterfaceAddress** list);

    [LibraryImport(Library, EntryPoint = "freeifaddrs")]
    public static partial void FreeInterfaceAddresses(InterfaceAddress* list);

    [LibraryImport(Library, EntryPoint = "__nss_configure_lookup")]
    public static partial int ConfigureLookup(byte* database, byte* services);
}

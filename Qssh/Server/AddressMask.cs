using Qssh.Platform;

namespace Qssh.Server;

/// <summary>Addresses in the log keep their network and lose their host part, unless LogAddresses is full. Loopback names nobody.</summary>
internal static class AddressMask
{
    private const int NetworkBytesV4 = 3;
    private const int NetworkBytesV6 = 6;

    public static string Show(SocketAddress address, bool full)
    {
        string text = address.AddressText;
        if (full || text.StartsWith("127.", StringComparison.Ordinal) || text == "::1")
            return address.ToString();

        Span<byte> bytes = stackalloc byte[16];
        address.CopyAddress(bytes);
        bool isV4 = !text.Contains(':');
        Span<byte> own = isV4 ? bytes[12..] : bytes;
        own[(isV4 ? NetworkBytesV4 : NetworkBytesV6)..].Clear();
        return SocketAddress.FromAddress(own, address.Port).AddressText + (isV4 ? "/24" : "/48");
    }
}

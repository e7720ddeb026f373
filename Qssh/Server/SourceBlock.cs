using System.Buffers.Binary;
using Qssh.Config;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>The network block that counts as one source of connections.</summary>
internal static class SourceBlock
{
    private const int MappedBits = 96;

    public static UInt128 Of(SocketAddress address, NetworkBlock block)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.CopyAddress(bytes);
        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        int bits = address.Family == IpFamily.V4 || !address.AddressText.Contains(':') ? MappedBits + block.V4 : block.V6;
        return bits == 0 ? 0 : value & (UInt128.MaxValue << (128 - bits));
    }
}

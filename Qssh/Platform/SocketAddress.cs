using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Qssh.Platform.Native;

namespace Qssh.Platform;

internal enum IpFamily
{
    Any,
    V4,
    V6,
}

/// <summary>An IPv4 or IPv6 address with port, kept as the kernel's sockaddr (at most 28 bytes, sockaddr_in6).</summary>
internal readonly unsafe struct SocketAddress : IEquatable<SocketAddress>
{
    private const int V4Length = 16;
    private const int V6Length = 28;
    private const int V4AddressOffset = 4;
    private const int V6AddressOffset = 8;
    private const int V6ScopeOffset = 24;
    private readonly Storage _bytes;

    private SocketAddress(ReadOnlySpan<byte> sockaddr) => sockaddr.CopyTo(_bytes);

    public IpFamily Family => BitConverter.ToUInt16(((ReadOnlySpan<byte>)_bytes)[..2]) switch
    {
        Libc.AF_INET => IpFamily.V4,
        Libc.AF_INET6 => IpFamily.V6,
        _ => IpFamily.Any,
    };

    public int Port => BinaryPrimitives.ReadUInt16BigEndian(((ReadOnlySpan<byte>)_bytes)[2..]);

    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[..(Family == IpFamily.V6 ? V6Length : V4Length)];

    /// <summary>127.0.0.0/8 or ::1: both ends are on this machine.</summary>
    public bool IsLoopback => Family switch
    {
        IpFamily.V4 => Bytes[V4AddressOffset] == 127,
        IpFamily.V6 => Bytes[V6AddressOffset..V6ScopeOffset].SequenceEqual(LoopbackV6(0).Bytes[V6AddressOffset..V6ScopeOffset]),
        _ => false,
    };

    /// <summary>"192.0.2.1", "2001:db8::1", "fe80::1%2". An IPv4 peer of an IPv6 socket is shown as the IPv4 address it is.</summary>
    public string AddressText => ToText();

    public static SocketAddress FromSockaddr(ReadOnlySpan<byte> sockaddr) => new(sockaddr[..Math.Min(sockaddr.Length, V6Length)]);

    public static SocketAddress AnyV4(int port) => FromAddress(stackalloc byte[4], port);

    public static SocketAddress AnyV6(int port) => FromAddress(stackalloc byte[16], port);

    public static SocketAddress LoopbackV4(int port) => FromAddress([127, 0, 0, 1], port);

    public static SocketAddress LoopbackV6(int port) => FromAddress([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], port);

    /// <param name="address">4 or 16 bytes in network order.</param>
    public static SocketAddress FromAddress(ReadOnlySpan<byte> address, int port, uint scope = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)port, ushort.MaxValue, nameof(port));
        Span<byte> sockaddr = stackalloc byte[V6Length];
        sockaddr.Clear();
        bool v6 = address.Length == 16;
        BitConverter.TryWriteBytes(sockaddr, (ushort)(v6 ? Libc.AF_INET6 : Libc.AF_INET));
        BinaryPrimitives.WriteUInt16BigEndian(sockaddr[2..], (ushort)port);
        address.CopyTo(sockaddr[(v6 ? V6AddressOffset : V4AddressOffset)..]);
        BitConverter.TryWriteBytes(sockaddr[V6ScopeOffset..], scope);
        return new SocketAddress(sockaddr);
    }

    /// <summary>A numeric address: dotted quad or IPv6, optionally in brackets, optionally with %scope.</summary>
    public static bool TryParse(string text, int port, out SocketAddress address)
    {
        address = default;
        if (text.Length > 1 && text[0] == '[' && text[^1] == ']')
            text = text[1..^1];
        if (text.Length is 0 or > 128 || text.Contains('\0'))
            return false;

        int percent = text.IndexOf('%');
        string host = percent < 0 ? text : text[..percent];
        Span<byte> bytes = stackalloc byte[16];
        if (percent < 0 && Parse(Libc.AF_INET, host, bytes))
        {
            address = FromAddress(bytes[..4], port);
            return true;
        }
        if (!Parse(Libc.AF_INET6, host, bytes) || !TryScope(percent < 0 ? "0" : text[(percent + 1)..], out uint scope))
            return false;

        address = FromAddress(bytes, port, scope);
        return true;
    }

    public SocketAddress WithPort(int port)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)port, ushort.MaxValue, nameof(port));
        Span<byte> copy = stackalloc byte[V6Length];
        ((ReadOnlySpan<byte>)_bytes).CopyTo(copy);
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)port);
        return new SocketAddress(copy);
    }

    /// <summary>The address as 16 bytes; IPv4 in its mapped form ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), so that both compare alike.</summary>
    public void CopyAddress(Span<byte> destination16)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        destination16 = destination16[..16];
        if (Family == IpFamily.V6)
        {
            bytes.Slice(V6AddressOffset, 16).CopyTo(destination16);
            return;
        }
        destination16.Clear();
        destination16[10] = destination16[11] = 0xFF;
        bytes.Slice(4, 4).CopyTo(destination16[12..]);
    }

    public bool Equals(SocketAddress other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? other) => other is SocketAddress address && Equals(address);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>"192.0.2.1:22222", "[2001:db8::1]:22222".</summary>
    public override string ToString() => AddressText.Contains(':') ? $"[{AddressText}]:{Port}" : $"{AddressText}:{Port}";

    private static bool Parse(int family, string text, Span<byte> destination)
    {
        fixed (byte* native = NativeText.Of(text), bytes = destination)
            return Libc.AddressFromText(family, native, bytes) == 1;
    }

    private static bool TryScope(string text, out uint scope)
    {
        if (uint.TryParse(text, out scope))
            return true;

        fixed (byte* name = NativeText.Of(text))
            scope = Libc.InterfaceIndex(name);
        return scope != 0;
    }

    private string ToText()
    {
        Span<byte> address = stackalloc byte[16];
        CopyAddress(address);
        bool v4 = address[..10].IndexOfAnyExcept((byte)0) < 0 && address[10] == 0xFF && address[11] == 0xFF;
        ReadOnlySpan<byte> shown = v4 ? address[12..] : address;
        byte* text = stackalloc byte[64];
        fixed (byte* pointer = shown)
            Libc.AddressToText(v4 ? Libc.AF_INET : Libc.AF_INET6, pointer, text, 64);
        uint scope = Family == IpFamily.V6 ? BitConverter.ToUInt32(((ReadOnlySpan<byte>)_bytes)[V6ScopeOffset..]) : 0;
        return scope == 0 ? NativeText.From(text) : $"{NativeText.From(text)}%{scope}";
    }

    [InlineArray(V6Length)]
    private struct Storage
    {
        private byte _first;
    }
}

using Qssh.Platform;
using Xunit;

namespace Qssh.Tests.Platform;

public sealed class SocketAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:5", "00000000000000000000FFFF7F000001")]
    [InlineData("::1", "[::1]:5", "00000000000000000000000000000001")]
    [InlineData("[2001:DB8::1]", "[2001:db8::1]:5", "20010DB8000000000000000000000001")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7:5", "00000000000000000000FFFFC0000207")]
    [InlineData("fe80::1%1", "[fe80::1%1]:5", "FE800000000000000000000000000001")]
    [InlineData("fe80::1%lo", "[fe80::1%1]:5", "FE800000000000000000000000000001")]
    public void Numeric_addresses(string text, string shown, string bytes)
    {
        Assert.True(SocketAddress.TryParse(text, 5, out SocketAddress address));
        Assert.Equal(shown, address.ToString());
        byte[] raw = new byte[16];
        address.CopyAddress(raw);
        Assert.Equal(bytes, Convert.ToHexString(raw));
        Assert.Equal(5, address.Port);
        Assert.Equal(77, address.WithPort(77).Port);
        Assert.Equal(address, address.WithPort(77).WithPort(5));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.3.4", true)]
    [InlineData("::1", true)]
    [InlineData("128.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1%1", false)]
    [InlineData("100::1", false)]
    public void Addresses_of_this_machine(string text, bool isLoopback)
    {
        Assert.True(SocketAddress.TryParse(text, 5, out SocketAddress address));
        Assert.Equal(isLoopback, address.IsLoopback);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("[::1")]
    [InlineData("::1%nosuchinterface")]
    [InlineData("1.2.3.4\0")]
    public void Not_addresses(string text) => Assert.False(SocketAddress.TryParse(text, 5, out _));
}

using Qssh.Client;
using Qssh.Handshake;
using Qssh.Tests.Mux;

namespace Qssh.Tests.Client;

public sealed class FirstFlightTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(HandshakeLimits.First)]
    [InlineData(HandshakeLimits.First + 1)]
    [InlineData(50_000)]
    public void The_beginning_travels_with_the_login_and_the_rest_after_it(int length)
    {
        byte[] stream = new byte[length];
        Random.Shared.NextBytes(stream);
        FirstFlight flight = new(5);
        flight.Write(stream.AsSpan(0, length / 3));
        flight.Write(stream.AsSpan(length / 3));
        byte[] first = flight.First.ToArray();
        Assert.Equal(Math.Min(length, HandshakeLimits.First), first.Length);
        Assert.Equal((0, 5), (flight.Room, flight.RoundTrip));

        MemoryLink link = new();
        flight.Attach(link);
        flight.Write("more"u8);
        Assert.Equal([.. stream, .. "more"u8], [.. first, .. link.Take()]);
        Assert.Equal(link.Room, flight.Room);
    }
}

namespace Qssh.Handshake;

/// <summary>What a server must know of the world to judge a hello.</summary>
/// <param name="jar">Shared by all connections of a listener.</param>
/// <param name="address">The peer's, 16 bytes, IPv4 mapped.</param>
/// <param name="busy">Above the load threshold: a hello without cookie gets a retry, and each cookie counts once.</param>
/// <param name="work">Zero bits to ask for in a retry.</param>
internal readonly ref struct HelloContext(CookieJar jar, ReadOnlySpan<byte> address, long unixTime, bool busy = false, int work = 0)
{
    public CookieJar Jar { get; } = jar;

    public ReadOnlySpan<byte> Address { get; } = address;

    public long UnixTime { get; } = unixTime;

    public bool Busy { get; } = busy;

    public int Work { get; } = work;
}

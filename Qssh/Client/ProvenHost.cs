using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>
/// A connection at SF4: the server has proved to hold <see cref="Key"/>. Whether that is the host that was meant is not decided, and
/// the user is not named. Owns the connection until <see cref="Keep"/>.
/// </summary>
/// <param name="proxy">The program behind the socket; null: the socket is the network's.</param>
internal sealed class ProvenHost(TcpSocket socket, ProxyProcess? proxy, RecordConnection connection, ClientHandshakeDriver driver, TrustQuestion question) : IDisposable
{
    private bool _kept;

    public RecordConnection Connection => connection;

    public ClientHandshakeDriver Driver => driver;

    public Suite Suite => question.Suite;

    public Tier Tier => question.Tier;

    /// <summary>With the port, as people read it.</summary>
    public string Address { get; } = proxy is null ? socket.Peer.ToString() : "through ProxyCommand";

    /// <summary>Without the port; null: it is not known here.</summary>
    public string? PlainAddress { get; } = proxy is null ? socket.Peer.AddressText : null;

    /// <summary>Of the scheme and length that the suite names, so always of a known form.</summary>
    public PublicKey Key { get; } = PublicKey.TryCreate(question.Scheme, question.Key.Span)!;

    /// <summary>"MLDSA65", as questions and warnings write it.</summary>
    public string KeyType => Key.TypeName.ToUpperInvariant();

    public void SetTrafficClass(int value) => socket.SetTrafficClass(value);

    public void Keep() => _kept = true;

    /// <summary>The connection's last bytes have left us: they have to leave a proxy, too.</summary>
    public void Leave() => proxy?.End();

    public void Dispose()
    {
        driver.Dispose();
        if (!_kept)
            connection.Dispose();
        proxy?.Dispose();
    }
}

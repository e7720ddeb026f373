using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;

namespace Qssh.Handshake;

/// <summary>
/// The client's side of one handshake (docs/protocol.md, sections 4 and 7): one method for each message, in their order. Messages go in and
/// out whole: type, length, body. A method that throws has changed nothing; after a <see cref="ProtocolException"/> the caller sends its code
/// as an alert, disposes and closes. Only after <see cref="ConsumeServerFinished"/> may anything be done about the host's identity.
/// </summary>
internal sealed partial class ClientHandshake : IDisposable
{
    private readonly ClientOffer _offer;
    private readonly byte[] _random = new byte[RandomSize];
    private readonly byte[] _hSi = new byte[Kdf.HashSize];
    private HybridKemKey? _kemKey;
    private KeySchedule? _schedule;
    private SecretBuffer? _qkdKey;
    private Transcript _transcript;
    private ServerParameters? _parameters;
    private TrustQuestion? _trust;
    private byte[]? _identityKey;
    private byte[]? _hostId;

    public ClientHandshake(ClientOffer offer)
    {
        if (offer.Tiers.IsEmpty)
            throw new ArgumentException("no tier to offer", nameof(offer));
        _offer = offer;
    }

    public const int RandomSize = 32;

    public ClientStep Step { get; private set; }

    /// <summary>The server's choice; there from ServerHello on.</summary>
    public Suite Suite { get; private set; }

    public Tier Tier { get; private set; }

    /// <summary>There from ServerHello until ClientFinished.</summary>
    public HandshakeSecrets? Secrets { get; private set; }

    /// <summary>There when the handshake is done.</summary>
    public SessionBinding? Binding { get; private set; }

    public void Dispose()
    {
        Step = ClientStep.Done;
        WipeHandshake();
    }

    /// <summary>Everything below MS (section 5).</summary>
    private void WipeHandshake()
    {
        _kemKey?.Dispose();
        _schedule?.Dispose();
        _qkdKey?.Dispose();
        Secrets?.Dispose();
        _kemKey = null;
        _schedule = null;
        _qkdKey = null;
        Secrets = null;
    }

    /// <summary>A message that is not expected now: disconnect.</summary>
    private void Expect(ClientStep step, string message)
    {
        if (Step != step)
            ProtocolException.Throw($"{message} out of place");
    }

    /// <summary>A call that is not expected now: our own mistake.</summary>
    private void Require(ClientStep step)
    {
        if (Step != step)
            throw new InvalidOperationException($"handshake step out of order: {Step}");
    }
}

using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;

namespace Qssh.Handshake;

/// <summary>
/// The server's side of one handshake (docs/protocol.md, sections 4 and 7): one method for each message, in their order. Messages go in and
/// out whole: type, length, body. A method that throws has changed nothing; after a <see cref="ProtocolException"/> the caller sends its
/// code as an alert, disposes and closes. Nothing is computed for a client before its hello has been decoded and admitted.
/// </summary>
internal sealed partial class ServerHandshake(ServerOffer offer) : IDisposable
{
    private readonly ServerOffer _offer = offer;
    private KeySchedule? _schedule;
    private SecretBuffer? _qkdKey;
    private Transcript _transcript;
    private byte[]? _hSi;
    private byte[]? _hostId;

    public ServerStep Step { get; private set; }

    /// <summary>Our choice; there from an admitted hello on.</summary>
    public Suite Suite { get; private set; }

    public Tier Tier { get; private set; }

    /// <summary>There from ServerHello until ClientFinished.</summary>
    public HandshakeSecrets? Secrets { get; private set; }

    /// <summary>There when the handshake is done.</summary>
    public SessionBinding? Binding { get; private set; }

    public void Dispose()
    {
        Step = ServerStep.Done;
        WipeHandshake();
    }

    /// <summary>Everything below MS (section 5).</summary>
    private void WipeHandshake()
    {
        _schedule?.Dispose();
        _qkdKey?.Dispose();
        Secrets?.Dispose();
        _schedule = null;
        _qkdKey = null;
        Secrets = null;
    }

    /// <summary>A message that is not expected now: disconnect.</summary>
    private void Expect(ServerStep step, string message)
    {
        if (Step != step)
            ProtocolException.Throw($"{message} out of place");
    }

    /// <summary>A call that is not expected now: our own mistake.</summary>
    private void Require(ServerStep step)
    {
        if (Step != step)
            throw new InvalidOperationException($"handshake step out of order: {Step}");
    }
}

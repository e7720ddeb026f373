using System.Text;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>
/// State C7 of docs/protocol.md, section 7. For each key: <see cref="BytesToSign"/>, a signature by the caller, <see cref="CreateUserAuth"/>,
/// <see cref="ConsumeAuthResult"/>. There is no question whether a key would do: each attempt is a full one.
/// </summary>
internal sealed class ClientAuthentication
{
    private readonly SessionBinding _binding;
    private readonly ServerParameters _server;
    private readonly byte[] _user;
    private int _attempt;
    private int _left;
    private bool _awaitsResult;

    /// <param name="server">What SA told.</param>
    public ClientAuthentication(SessionBinding binding, ServerParameters server, string user)
    {
        _binding = binding;
        _server = server;
        _user = Encoding.UTF8.GetBytes(user);
        if (!AuthService.IsUserName(_user))
            throw new FailureException("the user name may hold printable ASCII characters without blanks only");
        _left = Math.Min((int)server.Attempts, HandshakeLimits.ClientAttempts);
    }

    public bool IsAuthenticated { get; private set; }

    /// <summary>Whether another attempt may be made now.</summary>
    public bool CanTry => !IsAuthenticated && !_awaitsResult && _left > 0;

    /// <summary>Whether the server takes keys of this kind at all.</summary>
    public bool CanUse(PublicKey key) => (_server.Methods & AuthMethods.PublicKey) != 0 && key.Algorithm is not null && _server.Takes(key.Scheme);

    /// <summary>UA2.</summary>
    public byte[] BytesToSign(PublicKey key)
    {
        Require(key);
        return PublicKeyAuthentication.BytesToSign(_binding, _attempt + 1, _user, key);
    }

    /// <summary>UA3.</summary>
    /// <param name="first">Up to 4096 bytes of the session stream, which the server uses only on success.</param>
    public int CreateUserAuth(PublicKey key, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> first, Span<byte> output)
    {
        Require(key);
        int length = PublicKeyAuthentication.WriteUserAuth(_attempt + 1, _user, key, signature, first, output);
        _attempt++;
        _awaitsResult = true;
        return length;
    }

    /// <summary>AR3. After a failure or a partial success try again while <see cref="CanTry"/>.</summary>
    public AuthStatus ConsumeAuthResult(ReadOnlySpan<byte> message)
    {
        if (!_awaitsResult)
            ProtocolException.Throw("AuthResult out of place");
        AuthResult result = AuthResult.ReadMessage(message);
        _awaitsResult = false;

        // Whatever the server says, attempts run out.
        _left = Math.Min(_left - 1, result.Left);
        IsAuthenticated = result.Status == AuthStatus.Success;
        return result.Status;
    }

    private void Require(PublicKey key)
    {
        if (!CanTry)
            throw new InvalidOperationException("no attempt can be made now");
        if (!CanUse(key))
            throw new ArgumentException("the server does not take keys of this scheme", nameof(key));
    }
}

using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>
/// State S4 of docs/protocol.md, section 7: attempts 1, 2, 3… of one user, each answered by one AR. For each: <see cref="ConsumeUserAuth"/>,
/// a lookup of the shown key by the caller, <see cref="Decide"/>, <see cref="CreateAuthResult"/>, failures at <see cref="AnswerGrid"/>.
/// </summary>
internal sealed class ServerAuthentication(SessionBinding binding, AuthPolicy policy)
{
    private enum State : byte
    {
        AwaitClaim,
        Judge,
        Answer,
        Closed,
    }

    private readonly SessionBinding _binding = binding;
    private readonly AuthPolicy _policy = policy;
    private readonly List<VerifiedKey> _factors = [];
    private State _state;
    private AuthVerdict _verdict;
    private UserClaim? _claim;
    private string? _user;
    private int _used;

    /// <summary>Attempts that the client still has.</summary>
    public int Left => _policy.Attempts - _used;

    /// <summary>After the last answer nothing is accepted any more: the caller closes, with alert 7 if there is no grant.</summary>
    public bool IsClosed => _state == State.Closed;

    /// <summary>There after the verdict <see cref="AuthVerdict.Granted"/>, and at no other time.</summary>
    public AuthGrant? Grant { get; private set; }

    /// <summary>UA4. What is refused here by exception is refused for every user alike.</summary>
    public UserClaim ConsumeUserAuth(ReadOnlySpan<byte> message)
    {
        if (_state != State.AwaitClaim)
            ProtocolException.Throw("UserAuth out of place");
        UserAuth fields = UserAuth.ReadMessage(message);
        if (fields.Attempt != _used + 1)
            ProtocolException.Throw("UserAuth: attempt out of order");
        if (!fields.Service.SequenceEqual(AuthService.Connection))
            ProtocolException.Throw("UserAuth for an unknown service");
        if (!AuthService.IsUserName(fields.User))
            ProtocolException.Throw("UserAuth: not a user name");
        if (fields.Method != AuthMethods.PublicKey || (_policy.Methods & AuthMethods.PublicKey) == 0)
            ProtocolException.Throw("UserAuth: method was not offered");
        UserClaim claim = PublicKeyAuthentication.ReadClaim(fields, _policy.UserSchemes);

        // Factors of different users must never add up.
        if (_user is not null && _user != claim.User)
            ProtocolException.Throw("UserAuth: user changed between attempts");

        _user = claim.User;
        _claim = claim;
        _used++;
        _state = State.Judge;
        return claim;
    }

    /// <summary>UA6, UA7.</summary>
    /// <param name="authorization">What the lookup of the claim's key gave; for an unknown user, the decoy's answer.</param>
    /// <param name="isAllowed">Whether the account exists and may log in: looked at last, with the same answer.</param>
    public AuthVerdict Decide(in KeyAuthorization authorization, bool isAllowed)
    {
        if (_state != State.Judge)
            throw new InvalidOperationException("no claim to judge");

        _verdict = AuthVerdict.Denied;
        _state = State.Answer;
        VerifiedKey? factor = PublicKeyAuthentication.Verify(_claim!, _binding, authorization);
        if (factor is not null && isAllowed && !IsCounted(factor.Key))
        {
            _factors.Add(factor);
            _verdict = _factors.Count >= _policy.RequiredKeys ? AuthVerdict.Granted : AuthVerdict.Partial;
            if (_verdict == AuthVerdict.Granted)
                Grant = BuildGrant(_claim!);
        }

        _claim = null;
        return _verdict;
    }

    /// <summary>AR1. Tickets and detaching are not offered.</summary>
    public int CreateAuthResult(Span<byte> output)
    {
        if (_state != State.Answer)
            throw new InvalidOperationException("no verdict to tell");
        scoped WireWriter writer = new(output);
        new AuthResult
        {
            Status = _verdict switch
            {
                AuthVerdict.Granted => AuthStatus.Success,
                AuthVerdict.Partial => AuthStatus.Partial,
                _ => AuthStatus.Failure,
            },
            Methods = _verdict == AuthVerdict.Granted ? AuthMethods.None : _policy.Methods,
            Left = _verdict == AuthVerdict.Granted ? (byte)0 : (byte)Left,
            DetachSeconds = 0,
            ReplayBytes = 0,
            Tickets = default,
        }.Write(ref writer);
        _state = _verdict == AuthVerdict.Granted || Left == 0 ? State.Closed : State.AwaitClaim;
        return writer.Position;
    }

    /// <summary>One key is one factor, however often it signs.</summary>
    private bool IsCounted(PublicKey key)
    {
        foreach (VerifiedKey factor in _factors)
        {
            if (factor.Key.Equals(key))
                return true;
        }

        return false;
    }

    private AuthGrant BuildGrant(UserClaim claim)
    {
        Capabilities capabilities = _factors[0].Options.Capabilities;
        for (int i = 1; i < _factors.Count; i++)
            capabilities = capabilities.Intersect(_factors[i].Options.Capabilities);
        return new AuthGrant(claim.User, capabilities, _factors, claim.First);
    }
}

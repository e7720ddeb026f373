using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>How a server wants users to authenticate: from configuration alone, never from the user who asks.</summary>
internal sealed record AuthPolicy
{
    private readonly int _attempts = HandshakeLimits.ClientAttempts;

    public AuthMethods Methods { get; init; } = AuthMethods.PublicKey;

    public required IReadOnlyList<SignatureScheme> UserSchemes { get; init; }

    /// <summary>1 to 6.</summary>
    public int Attempts
    {
        get => _attempts;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, HandshakeLimits.ClientAttempts);
            _attempts = value;
        }
    }

    /// <summary>Different public keys that must all sign, one attempt each; more than one asks for several factors of this method.</summary>
    public int RequiredKeys { get; init; } = 1;

    /// <summary>The part of SA that speaks of users.</summary>
    public ServerParameters ToParameters(ReadOnlyMemory<byte> banner = default, QkdOffer? qkd = null) =>
        new() { Methods = Methods, Attempts = (byte)Attempts, UserSchemes = UserSchemes, Banner = banner, Qkd = qkd };
}

using Qssh.Identity;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>UA4: who somebody says to be, decoded and well-formed, nothing of it verified.</summary>
internal sealed class UserClaim
{
    private readonly byte[] _proof;

    public UserClaim(int attempt, string user, AuthMethods method, PublicKey key, ReadOnlySpan<byte> proof, ReadOnlySpan<byte> first)
    {
        Attempt = attempt;
        User = user;
        Method = method;
        Key = key;
        _proof = proof.ToArray();
        First = first.ToArray();
    }

    public int Attempt { get; }

    /// <summary>Printable ASCII without blanks.</summary>
    public string User { get; }

    public AuthMethods Method { get; }

    /// <summary>The key that was shown: the one to look up, and the one whose signature is verified.</summary>
    public PublicKey Key { get; }

    public ReadOnlySpan<byte> Proof => _proof;

    /// <summary>Beginning of the session stream; for the session on success, for nobody otherwise.</summary>
    public ReadOnlyMemory<byte> First { get; }
}

using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>The method publickey, both halves: credential = scheme u8 ‖ key, proof = signature over <see cref="UserProof"/>.</summary>
internal static class PublicKeyAuthentication
{
    /// <summary>UA1, UA2, client: what the key signs.</summary>
    public static byte[] BytesToSign(SessionBinding binding, int attempt, ReadOnlySpan<byte> user, PublicKey key) =>
        UserProof.Build(binding, AuthMethods.PublicKey, attempt, user, AuthService.Connection, Credential(key));

    /// <summary>UA3, client.</summary>
    public static int WriteUserAuth(
        int attempt, ReadOnlySpan<byte> user, PublicKey key, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> first, Span<byte> output)
    {
        scoped WireWriter writer = new(output);
        new UserAuth
        {
            Attempt = (byte)attempt,
            User = user,
            Service = AuthService.Connection,
            Method = AuthMethods.PublicKey,
            Credential = Credential(key),
            Proof = signature,
            First = first,
        }.Write(ref writer);
        return writer.Position;
    }

    /// <summary>UA4, server. Whether a key is well-formed and of an offered scheme is the same question for every user.</summary>
    public static UserClaim ReadClaim(in UserAuth message, IReadOnlyList<SignatureScheme> offered)
    {
        SignatureScheme scheme = (SignatureScheme)message.Credential[0];
        if (!IsAmong(offered, scheme) || SignatureAlgorithm.Find(scheme) is null)
            ProtocolException.Throw("UserAuth: key of a scheme that was not offered");
        if (PublicKey.TryCreate(scheme, message.Credential[1..]) is not { } key)
            throw new ProtocolException(AlertCode.ProtocolError, "UserAuth: key of a wrong length");

        return new UserClaim(message.Attempt, Encoding.ASCII.GetString(message.User), message.Method, key, message.Proof, message.First);
    }

    /// <summary>
    /// UA6, server: verifies the signature of the shown key, always, for unknown users too, and only then looks at what the lookup
    /// of the same key said.
    /// </summary>
    /// <param name="authorization">For <see cref="UserClaim.Key"/>, from the account's files or from the decoy.</param>
    /// <returns>Null: denied.</returns>
    public static VerifiedKey? Verify(UserClaim claim, SessionBinding binding, in KeyAuthorization authorization)
    {
        byte[] signed = BytesToSign(binding, claim.Attempt, Encoding.ASCII.GetBytes(claim.User), claim.Key);
        bool verified = claim.Key.Algorithm is { } algorithm && algorithm.Verify(claim.Key.Bytes, signed, claim.Proof);
        return verified && authorization is { Decision: KeyDecision.Authorized, Options: { } options }
            ? new VerifiedKey(claim.Key, options, authorization.Place)
            : null;
    }

    private static byte[] Credential(PublicKey key) => [(byte)key.Scheme, .. key.Bytes];

    private static bool IsAmong(IReadOnlyList<SignatureScheme> offered, SignatureScheme scheme)
    {
        for (int i = 0; i < offered.Count; i++)
        {
            if (offered[i] == scheme)
                return true;
        }

        return false;
    }
}

using Qssh.Crypto.Rng;
using Qssh.Crypto.Signatures;
using Qssh.Identity;

namespace Qssh.Auth;

/// <summary>
/// UA5: stands in for the keys of a user who does not exist (docs/protocol.md, section 12). Made once at start; nobody has the private
/// halves, and a match would be denied all the same.
/// </summary>
internal sealed class DecoyKeys
{
    private readonly PublicKey[] _keys;

    public DecoyKeys()
    {
        IReadOnlyList<SignatureAlgorithm> algorithms = SignatureAlgorithm.All;
        _keys = new PublicKey[algorithms.Count];
        for (int i = 0; i < _keys.Length; i++)
        {
            byte[] bytes = new byte[algorithms[i].PublicKeySize];
            SystemRandom.Fill(bytes);
            _keys[i] = PublicKey.TryCreate(algorithms[i].Scheme, bytes)!;
        }
    }

    /// <summary>Compares as a lookup does, and denies.</summary>
    public KeyAuthorization Find(PublicKey key)
    {
        foreach (PublicKey decoy in _keys)
        {
            if (decoy.Equals(key))
                break;
        }

        return KeyAuthorization.Denied;
    }
}

using System.Diagnostics.CodeAnalysis;
using Qssh.Crypto.Aead;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;

namespace Qssh.Handshake;

/// <summary>Suites in order of preference, each once.</summary>
internal sealed class SuiteList
{
    /// <summary>The most that a hello can carry.</summary>
    public const int MaximumOffer = 32;

    /// <summary>Of an offer, for suites with the cipher that comes first; the others have the rest.</summary>
    private const int FirstCipherShare = 26;

    private static readonly KemId[] s_kemPreference = [KemId.ChKem1024, KemId.ChKem768, KemId.XWing];

    private static readonly SignatureScheme[] s_usualSchemes =
        [SignatureScheme.Falcon512, SignatureScheme.MlDsa65, SignatureScheme.Falcon1024, SignatureScheme.MlDsa87, SignatureScheme.MlDsa44];

    /// <summary>Large or slow: for hosts that have no other, or that want both kinds.</summary>
    private static readonly SignatureScheme[] s_heavySchemes =
    [
        SignatureScheme.Falcon512SlhDsa128s, SignatureScheme.MlDsa65SlhDsa128s, SignatureScheme.MlDsa65SlhDsa192s,
        SignatureScheme.MlDsa87SlhDsa256s, SignatureScheme.Falcon1024SlhDsa256s,
        SignatureScheme.SlhDsaShake128s, SignatureScheme.SlhDsaShake128f, SignatureScheme.SlhDsaShake192s, SignatureScheme.SlhDsaShake256s,
    ];

    private readonly Suite[] _suites;

    public SuiteList(IReadOnlyList<Suite> suites)
    {
        ArgumentOutOfRangeException.ThrowIfZero(suites.Count);
        _suites = new Suite[suites.Count];
        for (int i = 0; i < _suites.Length; i++)
        {
            if (Array.IndexOf(_suites, suites[i], 0, i) >= 0)
                throw new ArgumentException($"suite {suites[i]} is listed twice");
            _suites[i] = suites[i];
        }
    }

    /// <summary>What this build computes: by KEM, then by host key with the usual types first, then by cipher with this CPU's first.</summary>
    public static SuiteList Default { get; } = BuildDefault();

    /// <summary>Names of both ciphers, this CPU's first.</summary>
    public static IReadOnlyList<string> CipherPreference { get; } = Aead.Preferred == AeadId.Aes256Gcm
        ? ["aes256-gcm", "chacha20-poly1305"]
        : ["chacha20-poly1305", "aes256-gcm"];

    public int Count => _suites.Length;

    public ReadOnlySpan<Suite> Items => _suites;

    public Suite this[int index] => _suites[index];

    /// <summary>Takes names joined by commas; each must be built.</summary>
    /// <param name="reason">On failure, one line for the user.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SuiteList? list, [NotNullWhen(false)] out string? reason)
    {
        list = null;
        List<Suite> suites = [];
        foreach (string name in text.Split(','))
        {
            if (!Suite.TryParse(name, out Suite suite) || !suite.IsBuilt)
            {
                reason = $"suite \"{name}\" is {(suite == default ? "unknown" : "not in this build")}; one of ours is {Default[0]}";
                return false;
            }

            if (suites.Contains(suite))
            {
                reason = $"suite \"{name}\" is listed twice";
                return false;
            }

            suites.Add(suite);
        }

        list = new SuiteList(suites);
        reason = null;
        return true;
    }

    public bool Contains(Suite suite) => Array.IndexOf(_suites, suite) >= 0;

    public bool ContainsKem(KemId kem)
    {
        foreach (Suite suite in _suites)
        {
            if (suite.Kem == kem)
                return true;
        }

        return false;
    }

    /// <summary>Those whose host signature is among <paramref name="schemes"/>, in our order: a server's for its keys, a client's for a pinned key.</summary>
    public SuiteList? WithHostSchemes(params SignatureScheme[] schemes)
    {
        List<Suite> kept = [];
        foreach (Suite suite in _suites)
        {
            if (Array.IndexOf(schemes, suite.Host) >= 0)
                kept.Add(suite);
        }

        return kept.Count == 0 ? null : new SuiteList(kept);
    }

    /// <summary>The same suites, and among those of one KEM the host schemes in this order.</summary>
    public SuiteList OrderedBy(IReadOnlyList<SignatureScheme> schemes)
    {
        List<KemId> kems = [];
        foreach (Suite suite in _suites)
        {
            if (!kems.Contains(suite.Kem))
                kems.Add(suite.Kem);
        }

        List<Suite> ordered = [];
        foreach (KemId kem in kems)
        {
            foreach (SignatureScheme scheme in schemes)
            {
                foreach (Suite suite in _suites)
                {
                    if (suite.Kem == kem && suite.Host == scheme)
                        ordered.Add(suite);
                }
            }
        }

        return new SuiteList(ordered);
    }

    public override string ToString() => string.Join(',', _suites);

    /// <summary>At most <see cref="MaximumOffer"/> of them: those with the first cipher before those with others, each in its order.</summary>
    public SuiteList ForHello()
    {
        if (Count <= MaximumOffer)
            return this;

        AeadId first = _suites[0].Cipher;
        List<Suite> chosen = [];
        AddWhere(chosen, FirstCipherShare, suite => suite.Cipher == first);
        AddWhere(chosen, MaximumOffer, suite => suite.Cipher != first);
        AddWhere(chosen, MaximumOffer, suite => !chosen.Contains(suite));
        return new SuiteList(chosen);
    }

    /// <summary>Only those with one of the ciphers, of each pair of KEM and host key in the order of the ciphers.</summary>
    public SuiteList? WithCiphers(IReadOnlyList<AeadId> ciphers)
    {
        List<Suite> kept = [];
        foreach (Suite pair in _suites)
        {
            foreach (AeadId cipher in ciphers)
            {
                Suite suite = pair with { Cipher = cipher };
                if (Contains(suite) && !kept.Contains(suite))
                    kept.Add(suite);
            }
        }

        return kept.Count == 0 ? null : new SuiteList(kept);
    }

    private void AddWhere(List<Suite> chosen, int limit, Func<Suite, bool> isWanted)
    {
        foreach (Suite suite in _suites)
        {
            if (chosen.Count < limit && isWanted(suite))
                chosen.Add(suite);
        }
    }

    private static SuiteList BuildDefault()
    {
        List<Suite> suites = [];
        foreach (KemId kem in s_kemPreference)
            AddPairs(suites, kem, s_usualSchemes);
        foreach (KemId kem in s_kemPreference)
            AddPairs(suites, kem, s_heavySchemes);
        return new SuiteList(suites);
    }

    private static void AddPairs(List<Suite> suites, KemId kem, SignatureScheme[] schemes)
    {
        AeadId preferred = Aead.Preferred;
        AeadId other = preferred == AeadId.Aes256Gcm ? AeadId.ChaCha20Poly1305 : AeadId.Aes256Gcm;
        foreach (SignatureScheme scheme in schemes)
        {
            suites.Add(new Suite(kem, scheme, preferred));
            suites.Add(new Suite(kem, scheme, other));
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;

namespace Qssh.Handshake;

/// <summary>Suites in order of preference, each once.</summary>
internal sealed class SuiteList
{
    /// <summary>The most that a hello can carry.</summary>
    public const int MaximumCount = 32;

    private static readonly KemId[] s_kemPreference = [KemId.ChKem1024, KemId.ChKem768, KemId.XWing];

    private static readonly SignatureScheme[] s_schemePreference =
    [
        SignatureScheme.Falcon512, SignatureScheme.MlDsa65, SignatureScheme.Falcon1024, SignatureScheme.MlDsa87, SignatureScheme.MlDsa44,
        SignatureScheme.Falcon512SlhDsa128s, SignatureScheme.MlDsa65SlhDsa128s, SignatureScheme.MlDsa65SlhDsa192s, SignatureScheme.MlDsa87SlhDsa256s,
    ];

    /// <summary>With the default KEM only: slow host keys, for hosts that have no other.</summary>
    private static readonly SignatureScheme[] s_slowSchemes =
    [
        SignatureScheme.Falcon1024SlhDsa256s, SignatureScheme.SlhDsaShake128s, SignatureScheme.SlhDsaShake128f,
        SignatureScheme.SlhDsaShake192s, SignatureScheme.SlhDsaShake256s,
    ];

    private readonly Suite[] _suites;

    public SuiteList(IReadOnlyList<Suite> suites)
    {
        ArgumentOutOfRangeException.ThrowIfZero(suites.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(suites.Count, MaximumCount);
        _suites = new Suite[suites.Count];
        for (int i = 0; i < _suites.Length; i++)
        {
            if (Array.IndexOf(_suites, suites[i], 0, i) >= 0)
                throw new ArgumentException($"suite {suites[i]} is listed twice");
            _suites[i] = suites[i];
        }
    }

    /// <summary>What this build computes: by KEM, then by host key with the usual types first.</summary>
    public static SuiteList Default { get; } = BuildDefault();

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

        if (suites.Count > MaximumCount)
        {
            reason = $"more than {MaximumCount} suites";
            return false;
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
                if (Contains(new Suite(kem, scheme)))
                    ordered.Add(new Suite(kem, scheme));
            }
        }

        return new SuiteList(ordered);
    }

    public override string ToString() => string.Join(',', _suites);

    private static SuiteList BuildDefault()
    {
        List<Suite> suites = [];
        foreach (KemId kem in s_kemPreference)
        {
            foreach (SignatureScheme scheme in s_schemePreference)
                suites.Add(new Suite(kem, scheme));
        }

        foreach (SignatureScheme scheme in s_slowSchemes)
            suites.Add(new Suite(s_kemPreference[0], scheme));

        return new SuiteList(suites);
    }
}

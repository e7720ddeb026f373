using Qssh.Crypto.Aead;
using Qssh.Config;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;

namespace Qssh.Client;

/// <summary>CH2: the offer, from configuration alone. What is known of the host must not show in it (docs/protocol.md, section 4).</summary>
internal static class OfferBuilder
{
    private static readonly KemId[] s_kems = [KemId.ChKem1024, KemId.ChKem768, KemId.XWing];

    public static ClientOffer Build(ClientOptions options)
    {
        // Never less than asked for: a tier that cannot be had is refused here, not lowered.
        if (options.Tier > (int)Tier.Hardened)
            throw new FailureException($"Tier {TierName.Of(options.Tier)} needs quantum sources, which this version does not have; T1 and T2 are spoken");

        Tier highest = (Tier)options.Tier.Value, lowest = (Tier)options.MinTier.Value;
        SuiteList suites = NarrowToHostKeys(Suites(options.Suites), options.HostKeyAlgorithms, isOrdered: options.Suites.Value.Text.Length > 0);
        suites = NarrowToCiphers(suites, options);
        return new ClientOffer(TierSet.Between(lowest, highest), lowest, suites);
    }

    /// <summary>All suites that this build computes, whether offered by default or not.</summary>
    public static List<Suite> AllSuites()
    {
        List<Suite> all = [];
        foreach (KemId kem in s_kems)
        {
            foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            {
                foreach (AeadId cipher in Enum.GetValues<AeadId>())
                    all.Add(new Suite(kem, algorithm.Scheme, cipher));
            }
        }

        return all;
    }

    private static SuiteList Suites(Setting<AlgorithmList> wanted)
    {
        if (wanted.Value.Text.Length == 0)
            return SuiteList.Default;

        List<Suite> all = AllSuites();
        List<string> names = wanted.Value.Resolve(Names(SuiteList.Default.Items), Names(all.ToArray()));
        List<Suite> chosen = [];
        foreach (string name in names)
        {
            if (Suite.TryParse(name, out Suite suite))
                chosen.Add(suite);
        }

        return chosen.Count > 0
            ? new SuiteList(chosen)
            : throw new FailureException($"Suites \"{wanted.Value.Text}\" names no suite of this build; see qssh -Q kex and qssh -Q sig; one is {SuiteList.Default[0]}");
    }

    private static SuiteList NarrowToHostKeys(SuiteList suites, Setting<AlgorithmList> wanted, bool isOrdered)
    {
        if (wanted.Value.Text.Length == 0)
            return suites;

        List<string> offered = [], known = [];
        foreach (Suite suite in suites.Items)
        {
            string name = SignatureRegistry.Find(suite.Host)!.Name;
            if (!offered.Contains(name))
                offered.Add(name);
        }

        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            known.Add(algorithm.Name);
        List<SignatureScheme> schemes = [];
        foreach (string name in wanted.Value.Resolve(offered, known))
            schemes.Add(SignatureAlgorithm.FindByName(name)!.Scheme);
        SuiteList left = suites.WithHostSchemes([.. schemes])
            ?? throw new FailureException($"HostKeyAlgorithms \"{wanted.Value.Text}\" leaves no suite to offer; built are: {string.Join(", ", known)}");
        return isOrdered ? left : left.OrderedBy(schemes);
    }

    /// <summary>Suites named in full keep their order unless ciphers are named, too.</summary>
    private static SuiteList NarrowToCiphers(SuiteList suites, ClientOptions options)
    {
        if (options.Ciphers.Value.Text.Length == 0)
            return suites;

        return suites.WithCiphers(Suite.Ciphers(CipherNames.Resolve(options.Ciphers.Value, SuiteList.CipherPreference)))
            ?? throw new FailureException($"Ciphers \"{options.Ciphers.Value.Text}\" leaves no suite of \"{options.Suites.Value.Text}\" to offer");
    }

    private static List<string> Names(ReadOnlySpan<Suite> suites)
    {
        List<string> names = [];
        foreach (Suite suite in suites)
            names.Add(suite.ToString());
        return names;
    }
}

namespace Qssh.Handshake;

/// <summary>CH2: what a client offers. From configuration alone, and never changed by an earlier failure except to narrow it.</summary>
/// <param name="Suites">In order of preference; the first one's KEM is the share's. As many as a hello can carry are offered.</param>
internal sealed record ClientOffer(TierSet Tiers, Tier MinimumTier, SuiteList Suites)
{
    public SuiteList Suites { get; init; } = Suites.ForHello();

    public static ClientOffer Default => new(TierSet.Between(Tier.PostQuantum, Tier.Hardened), Tier.PostQuantum, SuiteList.Default);
}

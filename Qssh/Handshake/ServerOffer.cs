namespace Qssh.Handshake;

/// <summary>What a server is ready to choose from.</summary>
/// <param name="Tiers">Those allowed whose sources are healthy now.</param>
/// <param name="Suites">In order of preference; only such whose host key the server has.</param>
internal sealed record ServerOffer(TierSet Tiers, SuiteList Suites);

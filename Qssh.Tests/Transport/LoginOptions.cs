using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Tests.Support;

namespace Qssh.Tests.Transport;

internal sealed record LoginOptions
{
    public Suite Suite { get; init; } = new(KemId.XWing, SignatureScheme.MlDsa44);

    /// <summary>Its KEM is the share's: another than the suite's makes the server ask again.</summary>
    public Suite? Preferred { get; init; }

    public SignatureScheme User { get; init; } = SignatureScheme.MlDsa44;

    public TierSet ClientTiers { get; init; } = TierSet.Between(Tier.PostQuantum, Tier.Hardened);

    public Tier ClientMinimum { get; init; } = Tier.PostQuantum;

    public TierSet ServerTiers { get; init; } = TierSet.Between(Tier.PostQuantum, Tier.Hardened);

    public bool IsBusy { get; init; }

    /// <summary>Keys that the user shows before the right one.</summary>
    public int WrongKeys { get; init; }

    public int Attempts { get; init; } = 6;

    public byte[] Banner { get; init; } = [];

    public byte[] First { get; init; } = [1, 2, 3];

    public WireFaults ToServer { get; init; } = WireFaults.None;

    public WireFaults ToClient { get; init; } = WireFaults.None;
}

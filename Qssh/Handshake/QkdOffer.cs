using Qssh.Errors;

namespace Qssh.Handshake;

/// <summary>One side's name at its key management entity, and its error rate in 1/10000 (docs/protocol.md, section 11).</summary>
internal sealed record QkdOffer(ReadOnlyMemory<byte> Sae, ushort Qber)
{
    /// <summary>An own or stated rate at or above the tier's limit closes; there is no lower tier to fall to.</summary>
    public static void CheckQber(ushort qber, Tier tier)
    {
        if (qber >= Tiers.QberLimit(tier))
            ProtocolException.Throw(AlertCode.Policy, "QKD error rate above the limit of the tier");
    }
}

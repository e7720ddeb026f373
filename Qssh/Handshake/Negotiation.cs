using System.Buffers.Binary;
using Qssh.Crypto.Aead;
using Qssh.Errors;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>CH6: the server's choice. The lists and the choice are hashed, signed by the host and by the user.</summary>
internal static class Negotiation
{
    public static (Tier Tier, Suite Suite) Choose(ServerOffer own, in ClientHello hello)
    {
        AeadId cipher = PreferredCipher(own, hello);
        TierSet common = own.Tiers.Intersect(TierSet.Read(hello.Tiers));
        for (Tier tier = Tier.HybridQuantum; tier >= Tier.PostQuantum; tier--)
        {
            if (!common.Contains(tier))
                continue;

            foreach (Suite suite in own.Suites.Items)
            {
                if (!IsAllowed(tier, suite))
                    continue;
                Suite preferred = suite with { Cipher = cipher };
                if (own.Suites.Contains(preferred) && hello.Suites.Contains(preferred.Code))
                    return (tier, preferred);
                if (hello.Suites.Contains(suite.Code))
                    return (tier, suite);
            }
        }

        throw new ProtocolException(AlertCode.NoCommonSuite, $"no common {(common.IsEmpty ? "tier" : "suite")}: offered {Describe(hello)}, ours are {own.Suites}");
    }

    /// <summary>The side that has no instructions for AES decides: it puts the other cipher first.</summary>
    private static AeadId PreferredCipher(ServerOffer own, in ClientHello hello)
    {
        AeadId first = Suite.Decode(BinaryPrimitives.ReadUInt16BigEndian(hello.Suites.Bytes)).Cipher;
        return first == AeadId.ChaCha20Poly1305 ? first : own.Suites[0].Cipher;
    }

    /// <summary>
    /// Whether a suite may stand with a tier. Suites without a host signature need an early secret, which is not taken yet; T5 takes
    /// dual keys only.
    /// </summary>
    public static bool IsAllowed(Tier tier, Suite suite) => !suite.IsEarlyOnly && (!Tiers.NeedsDualKeys(tier) || suite.IsDual);

    /// <summary>Numbers only: text for the local log.</summary>
    private static string Describe(in ClientHello hello) => $"tiers {Convert.ToHexString(hello.Tiers)}, suites {Convert.ToHexString(hello.Suites.Bytes)}";
}

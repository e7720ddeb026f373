using Qssh.Crypto.Hashes;

namespace Qssh.Crypto.Kem;

/// <summary>
/// X-Wing (draft-connolly-cfrg-xwing-kem) with ML-KEM-768: ML-KEM first everywhere. It binds no role; the handshake transcript
/// does. Points of small order are refused here too, which an honest peer never notices: the rule of docs/protocol.md is the same
/// for every key agreement.
/// </summary>
internal sealed class XWing() : HybridKem(KemId.XWing, "xwing", MlKem.MlKem768)
{
    internal override int SeedSize => 32;

    protected override bool MlKemFirst => true;

    /// <summary>XWingLabel: \./ over /^\ as ASCII.</summary>
    private static ReadOnlySpan<byte> Label => @"\.//^\"u8;

    /// <summary>expandDecapsulationKey: SHAKE256(sk, 96) = d || z || sk_X.</summary>
    protected internal override void ExpandSeed(ReadOnlySpan<byte> seed, Span<byte> expanded) => Shake256.Hash(seed, expanded);

    /// <summary>ss = SHA3-256(ss_M || ss_X || ct_X || pk_X || XWingLabel).</summary>
    protected internal override void Combine(in HybridInputs inputs, EncapsulatorRole role, Span<byte> ss)
    {
        Keccak hash = Keccak.Sha3_256();
        hash.Absorb(inputs.Km);
        hash.Absorb(inputs.Kx);
        hash.Absorb(inputs.EphX);
        hash.Absorb(inputs.PkX);
        hash.Absorb(Label);
        hash.Squeeze(ss);
        hash.Clear();
    }
}

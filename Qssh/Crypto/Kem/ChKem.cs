using System.Buffers.Binary;
using Qssh.Crypto.Curves;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Kem;

/// <summary>CH-KEM-v1 (docs/protocol.md, section 1): X25519 first everywhere, every item hashed with its length, the role bound.</summary>
internal sealed class ChKem(KemId id, string name, MlKem mlKem) : HybridKem(id, name, mlKem)
{
    private const uint TranscriptItems = 6;
    private const uint SecretItems = 3;

    /// <summary>X25519 scalar || d || z.</summary>
    internal override int SeedSize => HybridKemKey.ExpandedSeedSize;

    protected override bool MlKemFirst => false;

    private static ReadOnlySpan<byte> Label => "CH-KEM-v1-SharedSecret"u8;

    /// <summary>The version of the combiner, not of the wire.</summary>
    private static ReadOnlySpan<byte> CombinerVersion => [0x00, 0x02];

    protected internal override void ExpandSeed(ReadOnlySpan<byte> seed, Span<byte> expanded)
    {
        seed[X25519.Size..].CopyTo(expanded);
        seed[..X25519.Size].CopyTo(expanded[^X25519.Size..]);
    }

    /// <summary>ss = SHAKE256(le(label) || u32 3 || le(K_x) || le(K_m) || le(T), 32).</summary>
    protected internal override void Combine(in HybridInputs inputs, EncapsulatorRole role, Span<byte> ss)
    {
        Span<byte> t = stackalloc byte[Sha3.Size256];
        Transcript(inputs, role, t);
        Keccak shake = Keccak.Shake256();
        AbsorbItem(ref shake, Label);
        AbsorbCount(ref shake, SecretItems);
        AbsorbItem(ref shake, inputs.Kx);
        AbsorbItem(ref shake, inputs.Km);
        AbsorbItem(ref shake, t);
        shake.Squeeze(ss);
        shake.Clear();
        ConstantTime.Wipe(t);
    }

    /// <summary>T = SHA3-256(u32 6 || le(pk_x) || le(pk_m) || le(eph_x) || le(ct_m) || le(0002) || le(role)).</summary>
    internal static void Transcript(in HybridInputs inputs, EncapsulatorRole role, Span<byte> t)
    {
        Keccak hash = Keccak.Sha3_256();
        AbsorbCount(ref hash, TranscriptItems);
        AbsorbItem(ref hash, inputs.PkX);
        AbsorbItem(ref hash, inputs.PkM);
        AbsorbItem(ref hash, inputs.EphX);
        AbsorbItem(ref hash, inputs.CtM);
        AbsorbItem(ref hash, CombinerVersion);
        AbsorbItem(ref hash, [(byte)role]);
        hash.Squeeze(t);
    }

    /// <summary>le(x) = u32 length || x.</summary>
    private static void AbsorbItem(ref Keccak sponge, ReadOnlySpan<byte> item)
    {
        AbsorbCount(ref sponge, (uint)item.Length);
        sponge.Absorb(item);
    }

    private static void AbsorbCount(ref Keccak sponge, uint count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, count);
        sponge.Absorb(bytes);
    }
}

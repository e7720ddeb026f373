using System.Buffers.Binary;
using Qssh.Crypto.Hashes;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// Algorithm 3, HashToPoint: c = H(r || m) over Z_q. Its time depends on the salt and the message, both of which accompany the
/// signature in public.
/// </summary>
internal static class FalconHash
{
    /// <summary>floor(2^16 / q) q: samples from here on are refused.</summary>
    private const uint Limit = 65536 / FalconField.Q * FalconField.Q;

    public static void HashToPoint(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> message, Span<uint> c)
    {
        Keccak sponge = Keccak.Shake256();
        sponge.Absorb(nonce);
        sponge.Absorb(message);
        Span<byte> block = stackalloc byte[sponge.Rate];
        int count = 0;
        while (count < c.Length)
        {
            sponge.Squeeze(block);
            for (int i = 0; i < block.Length && count < c.Length; i += sizeof(ushort))
            {
                uint sample = BinaryPrimitives.ReadUInt16BigEndian(block[i..]);
                if (sample < Limit)
                    c[count++] = sample % FalconField.Q;
            }
        }
    }
}

using System.Buffers.Binary;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// The digest of a message, taken apart (lines 6 to 10 of algorithm 19 and of algorithm 20 of FIPS 205): which leaf of which bottom
/// tree signs, and which leaves of the FORS trees. It follows from R, the public key and the message: all public.
/// </summary>
internal readonly ref struct SlhDsaDigest
{
    private readonly ReadOnlySpan<byte> _md;
    private readonly int _a;

    public SlhDsaDigest(SlhDsaParameters parameters, ReadOnlySpan<byte> digest)
    {
        _a = parameters.A;
        _md = digest[..parameters.ForsDigestSize];
        ReadOnlySpan<byte> rest = digest[parameters.ForsDigestSize..];
        int treeBits = parameters.H - parameters.HPrime;
        Tree = BigEndian(rest[..parameters.TreeIndexSize]) & (ulong.MaxValue >> (64 - treeBits));
        Leaf = (uint)BigEndian(rest.Slice(parameters.TreeIndexSize, parameters.LeafIndexSize)) & ((1u << parameters.HPrime) - 1);
    }

    /// <summary>idx_tree; at most 64 bits in every set.</summary>
    public ulong Tree { get; }

    /// <summary>idx_leaf.</summary>
    public uint Leaf { get; }

    /// <summary>base_2b(md, a, k)[i] (algorithm 4): the i-th group of a bits, the first bit highest.</summary>
    public uint ForsIndex(int i)
    {
        int end = (i + 1) * _a;
        uint value = 0;
        for (int at = i * _a / 8; at < (end + 7) / 8; at++)
            value = (value << 8) | _md[at];
        return (value >> (-end & 7)) & ((1u << _a) - 1);
    }

    private static ulong BigEndian(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        bytes.CopyTo(padded[(sizeof(ulong) - bytes.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}

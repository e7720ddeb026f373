using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// Poly1305 (RFC 8439, section 2.5) over pieces that are each padded with zeros to whole blocks, as the AEAD construction asks
/// (section 2.8). No branch, index or division depends on the key or the message. Numbers are in five limbs of 26 bits, so that products
/// of 32 bits, which every machine can do two at a time, carry them.
/// </summary>
internal struct Poly1305
{
    public const int KeySize = 32;
    public const int TagSize = 16;

    internal const int BlockSize = 16;

    /// <summary>From this length on, two blocks at a time.</summary>
    private const int PairThreshold = 8 * BlockSize;

    private Poly1305Limbs _r;
    private Poly1305Limbs _r2;
    private Poly1305Limbs _h;
    private UInt128 _s;

    /// <param name="key">32 bytes for this one message: r, which is clamped, then s.</param>
    public Poly1305(ReadOnlySpan<byte> key)
    {
        ulong lower = BinaryPrimitives.ReadUInt64LittleEndian(key);
        ulong upper = BinaryPrimitives.ReadUInt64LittleEndian(key[sizeof(ulong)..]);
        _r = new Poly1305Limbs(lower & 0x0ffffffc0fffffff, upper & 0x0ffffffc0ffffffc, 0);
        _r2 = Poly1305Limbs.Multiply(_r, _r);
        _s = BinaryPrimitives.ReadUInt128LittleEndian(key[BlockSize..]);
    }

    public void UpdatePadded(ReadOnlySpan<byte> data)
    {
        if (data.Length >= PairThreshold && Vector128.IsHardwareAccelerated)
        {
            int length = data.Length & -(2 * BlockSize);
            _h = Poly1305Pair.Update(_h, _r, _r2, data[..length]);
            data = data[length..];
        }

        for (; data.Length >= BlockSize; data = data[BlockSize..])
            Block(data);
        if (data.IsEmpty)
            return;

        Span<byte> padded = stackalloc byte[BlockSize];
        padded.Clear();
        data.CopyTo(padded);
        Block(padded);
    }

    /// <summary>The last block of the AEAD construction.</summary>
    public void UpdateLengths(int associatedDataLength, int ciphertextLength)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        BinaryPrimitives.WriteUInt64LittleEndian(block, (ulong)associatedDataLength);
        BinaryPrimitives.WriteUInt64LittleEndian(block[sizeof(ulong)..], (ulong)ciphertextLength);
        Block(block);
    }

    /// <summary>Writes the tag and wipes the state; the value can then not be used.</summary>
    /// <param name="tag">16 bytes.</param>
    public void Finish(Span<byte> tag)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(tag, unchecked(_h.Reduce() + _s));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(new Span<Poly1305>(ref this)));
    }

    /// <summary>Always a whole block, so that the bit above it is always the 129th.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Block(ReadOnlySpan<byte> block)
    {
        ulong lower = BinaryPrimitives.ReadUInt64LittleEndian(block);
        ulong upper = BinaryPrimitives.ReadUInt64LittleEndian(block[sizeof(ulong)..]);
        _h = Poly1305Limbs.Multiply(_h + new Poly1305Limbs(lower, upper, 1), _r);
    }
}

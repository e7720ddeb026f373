using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// AES-256-GCM with the AES and carry-less multiplication instructions of a CPU. Support is asked once, when an implementation is chosen:
/// nothing below asks again, so an ahead-of-time compiler that aims at older CPUs inlines each instruction without a check.
/// </summary>
internal sealed unsafe class Aes256GcmHardware<TCpu> : Aes256Gcm
    where TCpu : struct, IAesGcmCpu
{
    private const int BatchBlocks = HardwareGcmKernel<TCpu>.BatchBlocks;
    private const int BatchSize = HardwareGcmKernel<TCpu>.BatchSize;
    private const int BlockSize = AesKeyExpansion.BlockSize;
    private const int Alignment = 64;
    private const int MaterialSize = HardwareGhash<TCpu>.KeyOffset + HardwareGhash<TCpu>.KeySize;

    private readonly SecretBuffer _memory = new(MaterialSize + Alignment);
    private byte* _roundKeys;

    public Aes256GcmHardware(ReadOnlySpan<byte> key)
    {
        fixed (byte* memory = _memory.Span)
            _roundKeys = (byte*)(((nuint)memory + (Alignment - 1)) & ~(nuint)(Alignment - 1));
        AesKeyExpansion.Expand(key, new Span<byte>(_roundKeys, AesKeyExpansion.RoundKeysSize));
        HardwareGhash<TCpu>.PrepareKey(HardwareAesQuad<TCpu>.Encrypt(_roundKeys, Vector128<byte>.Zero), HardwareGhash<TCpu>.Key(_roundKeys));
        GC.KeepAlive(this);
    }

    internal override ReadOnlySpan<byte> KeyMaterial => new(RoundKeys(), MaterialSize);

    public override void Dispose()
    {
        _roundKeys = null;
        _memory.Dispose();
    }

    internal override void WipeKeyMaterial() => ConstantTime.Wipe(_memory.Span);

    private protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        fixed (byte* data = associatedData, input = plaintext, output = ciphertext)
            Seal(FirstCounter(nonce), data, associatedData.Length, input, output, plaintext.Length).CopyTo(tag);
        GC.KeepAlive(this);
    }

    private protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> plaintext)
    {
        Vector128<byte> expected;
        fixed (byte* data = associatedData, input = ciphertext, output = plaintext)
            expected = Open(FirstCounter(nonce), data, associatedData.Length, input, output, ciphertext.Length);
        GC.KeepAlive(this);
        return ConstantTime.AreEqual(expected, Vector128.Create(tag));
    }

    /// <summary>Hashes each batch of ciphertext while the next one is encrypted.</summary>
    private Vector128<byte> Seal(Vector128<uint> first, byte* data, int dataLength, byte* input, byte* output, int length)
    {
        byte* roundKeys = RoundKeys();
        Vector128<ulong> hash = HardwareGcmTail<TCpu>.HashAssociatedData(HardwareGhash<TCpu>.Key(roundKeys), data, dataLength);
        Vector128<uint> counter = first + Vector128.Create(0u, 0, 0, 1);
        int rest = length;
        byte* hashed = null;
        if (rest >= BatchSize)
        {
            HardwareGcmKernel<TCpu>.Crypt(roundKeys, counter, Eighth(counter), input, output);
            int more = (length / BatchSize) - 1;
            Advance(1, ref counter, ref input, ref output, ref rest);
            hash = HardwareGcmKernel<TCpu>.CryptAndHash(
                roundKeys, counter, Eighth(counter), input, output, (nuint)more, output - BatchSize, hash);
            Advance(more, ref counter, ref input, ref output, ref rest);
            hashed = output - BatchSize;
        }

        Vector128<byte> mask = HardwareGcmTail<TCpu>.Crypt(roundKeys, first, counter, input, output, rest, hashed, ref hash);
        hash = HardwareGcmTail<TCpu>.Hash(HardwareGhash<TCpu>.Key(roundKeys), output, rest, Lengths(length, dataLength), hash);
        return HardwareGhash<TCpu>.ReverseBytes(hash.AsByte()).AsByte() ^ mask;
    }

    /// <summary>Hashes each batch of ciphertext while it is decrypted itself.</summary>
    private Vector128<byte> Open(Vector128<uint> first, byte* data, int dataLength, byte* input, byte* output, int length)
    {
        byte* roundKeys = RoundKeys();
        Vector128<ulong> hash = HardwareGcmTail<TCpu>.HashAssociatedData(HardwareGhash<TCpu>.Key(roundKeys), data, dataLength);
        Vector128<uint> counter = first + Vector128.Create(0u, 0, 0, 1);
        int rest = length;
        hash = HardwareGcmKernel<TCpu>.CryptAndHash(
            roundKeys, counter, Eighth(counter), input, output, (nuint)(length / BatchSize), input, hash);
        Advance(length / BatchSize, ref counter, ref input, ref output, ref rest);
        Vector128<byte> mask;
        if (rest == BatchSize - BlockSize)
        {
            mask = HardwareGcmTail<TCpu>.OpenSeven(roundKeys, first, counter, input, output, Lengths(length, dataLength), ref hash);
        }
        else
        {
            hash = HardwareGcmTail<TCpu>.Hash(HardwareGhash<TCpu>.Key(roundKeys), input, rest, Lengths(length, dataLength), hash);
            mask = HardwareGcmTail<TCpu>.Crypt(roundKeys, first, counter, input, output, rest, null, ref hash);
        }

        return HardwareGhash<TCpu>.ReverseBytes(hash.AsByte()).AsByte() ^ mask;
    }

    private static void Advance(int batches, ref Vector128<uint> counter, ref byte* input, ref byte* output, ref int rest)
    {
        counter += Vector128.Create(0, 0, 0, (uint)batches * BatchBlocks);
        input += batches * BatchSize;
        output += batches * BatchSize;
        rest -= batches * BatchSize;
    }

    private static Vector128<uint> Eighth(Vector128<uint> counter) => counter + Vector128.Create(0u, 0, 0, BatchBlocks - 1);

    private static Vector128<ulong> Lengths(int ciphertext, int associatedData) =>
        Vector128.Create((ulong)ciphertext * 8, (ulong)associatedData * 8);

    private static Vector128<uint> FirstCounter(ReadOnlySpan<byte> nonce) => Vector128.Create(
        BinaryPrimitives.ReadUInt32LittleEndian(nonce),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]),
        1);

    private byte* RoundKeys()
    {
        ObjectDisposedException.ThrowIf(_roundKeys is null, this);
        return _roundKeys;
    }
}

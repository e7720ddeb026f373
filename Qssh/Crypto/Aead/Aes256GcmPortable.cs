using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>AES-256-GCM for any CPU: bit-sliced cipher, GHASH by integer products. Its time depends on lengths only.</summary>
internal sealed class Aes256GcmPortable : Aes256Gcm
{
    private const int BlockSize = AesKeyExpansion.BlockSize;
    private const int BatchSize = BitslicedAes.PlaneCount * BlockSize;
    private const int PlanesSize = (BitslicedAes.Rounds + 1) * BatchSize;

    private readonly SecretBuffer _keys = new(PlanesSize + (PortableGhash.KeyWords * sizeof(ulong)));

    public Aes256GcmPortable(ReadOnlySpan<byte> key)
    {
        Span<byte> roundKeys = stackalloc byte[AesKeyExpansion.RoundKeysSize];
        Span<byte> batch = stackalloc byte[BatchSize];
        AesKeyExpansion.Expand(key, roundKeys);
        AesKeyExpansion.ToPlanes(roundKeys, ref Planes);

        // The hash key is the encryption of the zero block.
        batch.Clear();
        BitslicedAes.Encrypt(ref Planes, ref Blocks(batch));
        PortableGhash.PrepareKey(batch[..BlockSize], HashKey);
        ConstantTime.Wipe(roundKeys);
        ConstantTime.Wipe(batch);
        GC.KeepAlive(this);
    }

    internal override ReadOnlySpan<byte> KeyMaterial => _keys.Span;

    private ref Vector128<byte> Planes => ref Blocks(_keys.Span);

    private Span<ulong> HashKey => MemoryMarshal.Cast<byte, ulong>(_keys.Span[PlanesSize..]);

    public override void Dispose() => _keys.Dispose();

    internal override void WipeKeyMaterial() => ConstantTime.Wipe(_keys.Span);

    private protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        Span<byte> mask = stackalloc byte[TagSize];
        Crypt(nonce, plaintext, ciphertext, mask);
        Authenticate(associatedData, ciphertext, mask, tag);
    }

    private protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> plaintext)
    {
        Span<byte> mask = stackalloc byte[TagSize];
        Span<byte> expected = stackalloc byte[TagSize];
        Authenticate(associatedData, ciphertext, [], expected);
        Crypt(nonce, ciphertext, plaintext, mask);
        Xor(expected, mask, expected);
        return ConstantTime.AreEqual(expected, tag);
    }

    private void Authenticate(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> mask, Span<byte> tag)
    {
        PortableGhash hash = new(HashKey);
        hash.Update(associatedData);
        hash.Update(ciphertext);
        hash.UpdateLengths(associatedData.Length, ciphertext.Length);
        hash.Write(tag);
        Xor(tag[..mask.Length], mask, tag);
        GC.KeepAlive(this);
    }

    /// <summary>Counter mode from counter 2 on; the block of counter 1 goes to <paramref name="mask"/> (SP 800-38D, section 7.1).</summary>
    private void Crypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output, Span<byte> mask)
    {
        Span<byte> batch = stackalloc byte[BatchSize];
        uint counter = 1;
        NextKeyStream(nonce, ref counter, batch);
        batch[..TagSize].CopyTo(mask);
        int used = TagSize;
        while (!input.IsEmpty)
        {
            if (used == BatchSize)
            {
                NextKeyStream(nonce, ref counter, batch);
                used = 0;
            }

            int count = Math.Min(BatchSize - used, input.Length);
            Xor(input[..count], batch.Slice(used, count), output);
            used += count;
            input = input[count..];
            output = output[count..];
        }

        ConstantTime.Wipe(batch);
    }

    private void NextKeyStream(ReadOnlySpan<byte> nonce, ref uint counter, Span<byte> batch)
    {
        for (int i = 0; i < BatchSize; i += BlockSize)
        {
            nonce.CopyTo(batch[i..]);
            BinaryPrimitives.WriteUInt32BigEndian(batch[(i + NonceSize)..], counter++);
        }

        BitslicedAes.Encrypt(ref Planes, ref Blocks(batch));
        GC.KeepAlive(this);
    }

    private static void Xor(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> output)
    {
        int i = 0;
        for (; i + BlockSize <= left.Length; i += BlockSize)
            (Vector128.Create(left.Slice(i, BlockSize)) ^ Vector128.Create(right.Slice(i, BlockSize))).CopyTo(output[i..]);
        for (; i < left.Length; i++)
            output[i] = (byte)(left[i] ^ right[i]);
    }

    private static ref Vector128<byte> Blocks(Span<byte> bytes) => ref Unsafe.As<byte, Vector128<byte>>(ref MemoryMarshal.GetReference(bytes));
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// The construction of RFC 8439, section 2.8, over a block function. Block 0 of the key stream is the key of the authenticator and the
/// rest encrypts, so that the first batch of blocks serves both.
/// </summary>
internal sealed unsafe class ChaCha20Poly1305Core<TKernel> : ChaCha20Poly1305
    where TKernel : struct, IChaChaKernel
{
    private const int LargestBatch = 8 * IChaChaKernel.BlockSize;
    private const int KeyWord = 4;
    private const int CounterWord = 12;
    private const int NonceWord = 13;

    private readonly SecretBuffer _key;

    public ChaCha20Poly1305Core(ReadOnlySpan<byte> key) => _key = new SecretBuffer(key);

    internal override ReadOnlySpan<byte> KeyMaterial => _key.Span;

    /// <summary>"expand 32-byte k" (section 2.3).</summary>
    private static ReadOnlySpan<uint> Constants => [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

    public override void Dispose() => _key.Dispose();

    internal override void WipeKeyMaterial() => ConstantTime.Wipe(_key.Span);

    private protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        Span<uint> state = stackalloc uint[IChaChaKernel.StateWords];
        Span<byte> first = stackalloc byte[LargestBatch];
        first = first[..TKernel.BatchSize];
        Start(nonce, state, first);
        Crypt(state, first, plaintext, ciphertext);
        Authenticate(first, associatedData, ciphertext, tag);
        Wipe(state, first);
    }

    private protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> plaintext)
    {
        Span<uint> state = stackalloc uint[IChaChaKernel.StateWords];
        Span<byte> first = stackalloc byte[LargestBatch];
        first = first[..TKernel.BatchSize];
        Span<byte> expected = stackalloc byte[TagSize];
        Start(nonce, state, first);
        Authenticate(first, associatedData, ciphertext, expected);
        bool isAuthentic = ConstantTime.AreEqual(expected, tag);
        if (isAuthentic)
            Crypt(state, first, ciphertext, plaintext);
        ConstantTime.Wipe(expected);
        Wipe(state, first);
        return isAuthentic;
    }

    private static void Authenticate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> tag)
    {
        Poly1305 poly = new(key[..Poly1305.KeySize]);
        poly.UpdatePadded(associatedData);
        poly.UpdatePadded(ciphertext);
        poly.UpdateLengths(associatedData.Length, ciphertext.Length);
        poly.Finish(tag);
    }

    /// <summary>The state with the counter of the second batch, and the key stream of the first.</summary>
    private void Start(ReadOnlySpan<byte> nonce, Span<uint> state, Span<byte> first)
    {
        Constants.CopyTo(state);
        MemoryMarshal.Cast<byte, uint>(_key.Span).CopyTo(state[KeyWord..]);
        state[CounterWord] = 0;
        nonce.CopyTo(MemoryMarshal.AsBytes(state[NonceWord..]));
        KeyStream(state, first);
        GC.KeepAlive(this);
    }

    /// <summary>XORs the key stream from block 1 on. The first batch is there already; whole ones go from memory to memory.</summary>
    private static void Crypt(Span<uint> state, ReadOnlySpan<byte> first, ReadOnlySpan<byte> input, Span<byte> output)
    {
        int count = Math.Min(first.Length - IChaChaKernel.BlockSize, input.Length);
        Xor(input[..count], first[IChaChaKernel.BlockSize..], output);
        input = input[count..];
        output = output[count..];
        fixed (uint* words = state)
        fixed (byte* from = input, to = output)
        {
            int whole = input.Length / TKernel.BatchSize * TKernel.BatchSize;
            for (int at = 0; at < whole; at += TKernel.BatchSize)
            {
                TKernel.Crypt(words, from + at, to + at);
                words[CounterWord] += (uint)(TKernel.BatchSize / IChaChaKernel.BlockSize);
            }

            input = input[whole..];
            output = output[whole..];
        }

        if (input.IsEmpty)
            return;

        Span<byte> last = stackalloc byte[LargestBatch];
        last = last[..TKernel.BatchSize];
        KeyStream(state, last);
        Xor(input, last, output);
        ConstantTime.Wipe(last);
    }

    /// <summary>A batch of the key stream as it is; moves the counter.</summary>
    private static void KeyStream(Span<uint> state, Span<byte> batch)
    {
        batch.Clear();
        fixed (uint* words = state)
        fixed (byte* bytes = batch)
            TKernel.Crypt(words, bytes, bytes);
        state[CounterWord] += (uint)(TKernel.BatchSize / IChaChaKernel.BlockSize);
    }

    private static void Xor(ReadOnlySpan<byte> input, ReadOnlySpan<byte> keyStream, Span<byte> output)
    {
        int i = 0;
        for (; i + Vector128<byte>.Count <= input.Length; i += Vector128<byte>.Count)
            (Vector128.Create(input[i..]) ^ Vector128.Create(keyStream[i..])).CopyTo(output[i..]);
        for (; i < input.Length; i++)
            output[i] = (byte)(input[i] ^ keyStream[i]);
    }

    private static void Wipe(Span<uint> state, Span<byte> first)
    {
        ConstantTime.Wipe(MemoryMarshal.AsBytes(state));
        ConstantTime.Wipe(first);
    }
}

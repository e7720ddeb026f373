using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// Authenticated encryption as RFC 5116 has it, with sizes that both of ours share. One instance is one key; it is not for use from two
/// threads at once. No call allocates. Disposing wipes the key and all that was derived from it.
/// </summary>
internal abstract class Aead : IDisposable
{
    public const int KeySize = 32;
    public const int NonceSize = 12;
    public const int TagSize = 16;

    /// <summary>
    /// The faster one on this CPU: AES-GCM with instructions for it is several times faster than ChaCha20, in software several times
    /// slower (qssh speed shows both).
    /// </summary>
    public static AeadId Preferred => Aes256Gcm.Best == AesGcmImplementation.Portable ? AeadId.ChaCha20Poly1305 : AeadId.Aes256Gcm;

    /// <param name="key">32 bytes.</param>
    public static Aead Create(AeadId id, ReadOnlySpan<byte> key) => id switch
    {
        AeadId.Aes256Gcm => Aes256Gcm.Create(key),
        AeadId.ChaCha20Poly1305 => ChaCha20Poly1305.Create(key),
        _ => throw new ArgumentOutOfRangeException(nameof(id)),
    };

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="nonce">12 bytes, never used before with this key.</param>
    /// <param name="ciphertext">As long as the plaintext; the same memory as the plaintext, or apart from it.</param>
    /// <param name="tag">16 bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Seal(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        Check(nonce, plaintext, ciphertext, tag);
        SealCore(nonce, associatedData, plaintext, ciphertext, tag);
    }

    /// <summary>Verifies and decrypts. When it returns false, <paramref name="plaintext"/> holds zeros.</summary>
    /// <param name="plaintext">As long as the ciphertext; the same memory as the ciphertext, or apart from it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Open(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> plaintext)
    {
        Check(nonce, ciphertext, plaintext, tag);
        if (OpenCore(nonce, associatedData, ciphertext, tag, plaintext))
            return true;

        ConstantTime.Wipe(plaintext);
        return false;
    }

    public abstract void Dispose();

    /// <summary>All that this instance keeps of its key or derived from it.</summary>
    internal abstract ReadOnlySpan<byte> KeyMaterial { get; }

    /// <summary>The part of <see cref="Dispose"/> that overwrites <see cref="KeyMaterial"/>; the memory is still owned afterwards.</summary>
    internal abstract void WipeKeyMaterial();

    private protected abstract void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext,
        Span<byte> tag);

    private protected abstract bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> plaintext);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output, ReadOnlySpan<byte> tag)
    {
        if (nonce.Length != NonceSize || tag.Length != TagSize || input.Length != output.Length)
            ThrowLength();
        if (Unsafe.AreSame(in MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output)))
            return;
        if (input.Overlaps(output))
            ThrowOverlap();
    }

    private static void ThrowLength() => throw new ArgumentException("nonce, tag or output has the wrong length");

    private static void ThrowOverlap() => throw new ArgumentException("input and output overlap but are not the same memory");
}

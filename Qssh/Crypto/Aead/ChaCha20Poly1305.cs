using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// ChaCha20-Poly1305 (RFC 8439, section 2.8): for machines without instructions for AES.
/// One instance is one key; it is not for use from two threads at once. No call allocates. Disposing wipes the key.
/// </summary>
internal abstract class ChaCha20Poly1305 : IDisposable
{
    public const int KeySize = 32;
    public const int NonceSize = 12;
    public const int TagSize = 16;

    private static readonly ChaChaImplementation s_best = ChooseImplementation();

    /// <summary>The implementation that <see cref="Create(ReadOnlySpan{byte})"/> uses in this process.</summary>
    public static ChaChaImplementation Best => s_best;

    /// <summary>The fastest implementation for this CPU.</summary>
    public static ChaCha20Poly1305 Create(ReadOnlySpan<byte> key) => Create(key, s_best);

    public static ChaCha20Poly1305 Create(ReadOnlySpan<byte> key, ChaChaImplementation implementation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize);
        if (!IsSupported(implementation))
            throw new PlatformNotSupportedException($"this CPU cannot run the {implementation} implementation of ChaCha20");

        return implementation switch
        {
            // Asked directly, so that a compiler that knows the answer leaves the code out.
            ChaChaImplementation.Vector256 when Avx2.IsSupported => new ChaCha20Poly1305Core<ChaChaVector256Kernel>(key),
            ChaChaImplementation.Vector128 when Vector128.IsHardwareAccelerated => new ChaCha20Poly1305Core<ChaChaVector128Kernel>(key),
            _ => new ChaCha20Poly1305Core<ChaChaPortableKernel>(key),
        };
    }

    public static bool IsSupported(ChaChaImplementation implementation) => implementation switch
    {
        ChaChaImplementation.Portable => true,
        ChaChaImplementation.Vector128 => ChaChaVector128Kernel.IsSupported,
        ChaChaImplementation.Vector256 => ChaChaVector256Kernel.IsSupported,
        _ => false,
    };

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="nonce">12 bytes, never used before with this key.</param>
    /// <param name="ciphertext">As long as the plaintext; the same memory as the plaintext, or apart from it.</param>
    /// <param name="tag">16 bytes.</param>
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

    /// <summary>Verifies, and then decrypts. When it returns false, <paramref name="plaintext"/> holds zeros.</summary>
    /// <param name="plaintext">As long as the ciphertext; the same memory as the ciphertext, or apart from it.</param>
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

    /// <summary>All that this instance keeps of its key.</summary>
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

    private static void Check(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output, ReadOnlySpan<byte> tag)
    {
        if (nonce.Length != NonceSize || tag.Length != TagSize || input.Length != output.Length)
            throw new ArgumentException("nonce, tag or output has the wrong length");
        if (input.Overlaps(output, out int offset) && offset != 0)
            throw new ArgumentException("input and output overlap but are not the same memory");
    }

    private static ChaChaImplementation ChooseImplementation()
    {
        if (Environment.GetEnvironmentVariable("QSSH_CPU") == "baseline")
            return ChaChaImplementation.Portable;
        if (IsSupported(ChaChaImplementation.Vector256))
            return ChaChaImplementation.Vector256;
        return IsSupported(ChaChaImplementation.Vector128) ? ChaChaImplementation.Vector128 : ChaChaImplementation.Portable;
    }
}

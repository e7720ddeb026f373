using Qssh.Secrets;

namespace Qssh.Crypto.Aead;

/// <summary>
/// AES-256-GCM (FIPS 197, SP 800-38D) with a nonce of 96 bits and a tag of 128 bits.
/// One instance is one key; it is not for use from two threads at once. No call allocates. Disposing wipes the key and all that was derived from it.
/// </summary>
internal abstract class Aes256Gcm : IDisposable
{
    public const int KeySize = 32;
    public const int NonceSize = 12;
    public const int TagSize = 16;

    private static readonly AesGcmImplementation s_best = ChooseImplementation();

    /// <summary>The implementation that <see cref="Create(ReadOnlySpan{byte})"/> uses in this process.</summary>
    public static AesGcmImplementation Best => s_best;

    /// <summary>The fastest implementation for this CPU.</summary>
    public static Aes256Gcm Create(ReadOnlySpan<byte> key) => Create(key, s_best);

    public static Aes256Gcm Create(ReadOnlySpan<byte> key, AesGcmImplementation implementation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize);
        if (!IsSupported(implementation))
            throw new PlatformNotSupportedException($"this CPU cannot run the {implementation} implementation of AES-GCM");

        return implementation switch
        {
            // Asked directly, so that a compiler for another family of CPUs sees the answer and leaves the code out.
            AesGcmImplementation.X86 when System.Runtime.Intrinsics.X86.Aes.IsSupported => new Aes256GcmHardware<X86AesGcmCpu>(key),
            AesGcmImplementation.Arm when System.Runtime.Intrinsics.Arm.Aes.IsSupported => new Aes256GcmHardware<ArmAesGcmCpu>(key),
            _ => new Aes256GcmPortable(key),
        };
    }

    public static bool IsSupported(AesGcmImplementation implementation) => implementation switch
    {
        AesGcmImplementation.Portable => true,
        AesGcmImplementation.X86 => X86AesGcmCpu.IsSupported,
        AesGcmImplementation.Arm => ArmAesGcmCpu.IsSupported,
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

    /// <summary>Verifies and decrypts. When it returns false, <paramref name="plaintext"/> holds zeros.</summary>
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

    /// <summary>All that this instance derived from its key.</summary>
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

    private static AesGcmImplementation ChooseImplementation()
    {
        if (Environment.GetEnvironmentVariable("QSSH_CPU") == "baseline")
            return AesGcmImplementation.Portable;
        if (IsSupported(AesGcmImplementation.X86))
            return AesGcmImplementation.X86;
        return IsSupported(AesGcmImplementation.Arm) ? AesGcmImplementation.Arm : AesGcmImplementation.Portable;
    }
}

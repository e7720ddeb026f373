namespace Qssh.Crypto.Aead;

/// <summary>
/// AES-256-GCM (FIPS 197, SP 800-38D) with a nonce of 96 bits and a tag of 128 bits.
/// One instance is one key; it is not for use from two threads at once. No call allocates. Disposing wipes the key and all that was derived from it.
/// </summary>
internal abstract class Aes256Gcm : Aead
{
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

    private static AesGcmImplementation ChooseImplementation()
    {
        if (Environment.GetEnvironmentVariable("QSSH_CPU") == "baseline")
            return AesGcmImplementation.Portable;
        if (IsSupported(AesGcmImplementation.X86))
            return AesGcmImplementation.X86;
        return IsSupported(AesGcmImplementation.Arm) ? AesGcmImplementation.Arm : AesGcmImplementation.Portable;
    }
}

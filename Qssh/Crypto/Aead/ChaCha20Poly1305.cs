using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Aead;

/// <summary>
/// ChaCha20-Poly1305 (RFC 8439, section 2.8): for machines without instructions for AES.
/// One instance is one key; it is not for use from two threads at once. No call allocates. Disposing wipes the key.
/// </summary>
internal abstract class ChaCha20Poly1305 : Aead
{
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
            ChaChaImplementation.Vector128 when Vector128.IsHardwareAccelerated => new ChaCha20Poly1305Core<ChaChaVector128Kernel>(key),
            _ => new ChaCha20Poly1305Core<ChaChaPortableKernel>(key),
        };
    }

    public static bool IsSupported(ChaChaImplementation implementation) => implementation switch
    {
        ChaChaImplementation.Portable => true,
        ChaChaImplementation.Vector128 => ChaChaVector128Kernel.IsSupported,
        _ => false,
    };

    private static ChaChaImplementation ChooseImplementation()
    {
        if (Environment.GetEnvironmentVariable("QSSH_CPU") == "baseline")
            return ChaChaImplementation.Portable;
        return IsSupported(ChaChaImplementation.Vector128) ? ChaChaImplementation.Vector128 : ChaChaImplementation.Portable;
    }
}

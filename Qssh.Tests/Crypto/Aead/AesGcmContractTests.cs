using System.Security.Cryptography;
using Qssh.Crypto.Aead;
using Xunit;
using AeadBase = Qssh.Crypto.Aead.Aead;

namespace Qssh.Tests.Crypto.Aead;

public sealed class PortableAesGcmContractTests() : AesGcmContract(AesGcmImplementation.Portable);

/// <summary>With the instructions that this kind of machine may have.</summary>
public sealed class HardwareAesGcmContractTests()
    : AesGcmContract(Aes256Gcm.IsSupported(AesGcmImplementation.Arm) ? AesGcmImplementation.Arm : AesGcmImplementation.X86);

public sealed class AesGcmChoiceTests
{
    [Fact]
    public void Refuses_an_implementation_this_cpu_lacks()
    {
        foreach (AesGcmImplementation implementation in Enum.GetValues<AesGcmImplementation>().Except(AesGcmSupport.Available))
            Assert.Throws<PlatformNotSupportedException>(() => Aes256Gcm.Create(new byte[32], implementation));
        Assert.Contains(Aes256Gcm.Best, AesGcmSupport.Available);
    }
}

public abstract class AesGcmContract : AeadContract
{
    private readonly AesGcmImplementation _implementation;

    private protected AesGcmContract(AesGcmImplementation implementation) => _implementation = implementation;

    private protected override int LongestOfAll => 300;

    private protected override bool IsSupported => Aes256Gcm.IsSupported(_implementation);

    private protected override AeadBase Create(ReadOnlySpan<byte> key) => Aes256Gcm.Create(key, _implementation);

    private protected override byte[] SealBySystem(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext)
    {
        byte[] whole = new byte[plaintext.Length + 16];
        using AesGcm system = new(key, 16);
        system.Encrypt(nonce, plaintext, whole.AsSpan(0, plaintext.Length), whole.AsSpan(plaintext.Length), associatedData);
        return whole;
    }

    /// <summary>Fifteen round keys, and what the hash uses.</summary>
    private protected override void CheckKeyMaterial(ReadOnlySpan<byte> material) => Assert.True(material.Length >= 240 + 16);
}

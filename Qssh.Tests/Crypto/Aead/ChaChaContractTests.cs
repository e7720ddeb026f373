using Qssh.Crypto.Aead;
using Xunit;
using AeadBase = Qssh.Crypto.Aead.Aead;

namespace Qssh.Tests.Crypto.Aead;

public sealed class PortableChaChaContractTests() : ChaChaContract(ChaChaImplementation.Portable);

public sealed class Vector128ChaChaContractTests() : ChaChaContract(ChaChaImplementation.Vector128);

public sealed class ChaChaChoiceTests
{
    [Fact]
    public void Refuses_an_implementation_this_cpu_lacks()
    {
        foreach (ChaChaImplementation implementation in Enum.GetValues<ChaChaImplementation>().Except(ChaChaSupport.Available))
            Assert.Throws<PlatformNotSupportedException>(() => ChaCha20Poly1305.Create(new byte[32], implementation));
        Assert.Contains(ChaCha20Poly1305.Best, ChaChaSupport.Available);
    }
}

public abstract class ChaChaContract : AeadContract
{
    private readonly ChaChaImplementation _implementation;

    private protected ChaChaContract(ChaChaImplementation implementation) => _implementation = implementation;

    private protected override int LongestOfAll => 1100;

    private protected override bool IsSupported => ChaCha20Poly1305.IsSupported(_implementation);

    private protected override AeadBase Create(ReadOnlySpan<byte> key) => ChaCha20Poly1305.Create(key, _implementation);

    private protected override byte[] SealBySystem(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext)
    {
        byte[] whole = new byte[plaintext.Length + 16];
        using System.Security.Cryptography.ChaCha20Poly1305 system = new(key);
        system.Encrypt(nonce, plaintext, whole.AsSpan(0, plaintext.Length), whole.AsSpan(plaintext.Length), associatedData);
        return whole;
    }

    private protected override void CheckKeyMaterial(ReadOnlySpan<byte> material) => Assert.Equal(32, material.Length);
}

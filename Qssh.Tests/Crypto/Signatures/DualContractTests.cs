using Qssh.Crypto.Signatures;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures;

public sealed class Falcon512SlhDsa128sContractTests() : SignatureContract(SignatureAlgorithm.Find(SignatureScheme.Falcon512SlhDsa128s), true);

public sealed class MlDsa65SlhDsa128sContractTests() : SignatureContract(SignatureAlgorithm.Find(SignatureScheme.MlDsa65SlhDsa128s), true);

public sealed class MlDsa65SlhDsa192sContractTests() : SignatureContract(SignatureAlgorithm.Find(SignatureScheme.MlDsa65SlhDsa192s), true);

public sealed class Falcon1024SlhDsa256sContractTests() : SignatureContract(SignatureAlgorithm.Find(SignatureScheme.Falcon1024SlhDsa256s), true);

public sealed class MlDsa87SlhDsa256sContractTests() : SignatureContract(SignatureAlgorithm.Find(SignatureScheme.MlDsa87SlhDsa256s), true);

/// <summary>Both halves of a dual signature must hold.</summary>
public sealed class DualSignatureTests
{
    private static readonly DualAlgorithm s_dual = (DualAlgorithm)SignatureAlgorithm.Find(SignatureScheme.Falcon512SlhDsa128s)!;

    [Fact]
    public void A_half_of_another_key_or_message_does_not_verify()
    {
        using SigningKey key = s_dual.GenerateKey();
        using SigningKey other = s_dual.GenerateKey();
        byte[] signature = SignatureContract.Sign(key, "text"u8);
        byte[] foreign = SignatureContract.Sign(other, "text"u8);
        byte[] elsewhere = SignatureContract.Sign(key, "else"u8);
        int cut = DualAlgorithm.LengthSize + s_dual.First.SignatureSize;
        Assert.True(s_dual.Verify(key.PublicKey, "text"u8, signature));
        foreach (byte[] false_ in (byte[][])[foreign, elsewhere])
        {
            Assert.False(s_dual.Verify(key.PublicKey, "text"u8, [.. signature[..cut], .. false_[cut..]]));
            Assert.False(s_dual.Verify(key.PublicKey, "text"u8, [.. false_[..cut], .. signature[cut..]]));
        }
    }

    [Fact]
    public void Lengths_inside_are_checked()
    {
        using SigningKey key = s_dual.GenerateKey();
        byte[] signature = SignatureContract.Sign(key, "text"u8);
        int cut = DualAlgorithm.LengthSize + s_dual.First.SignatureSize;
        foreach (int place in (int[])[0, 1, cut, cut + 1])
        {
            byte[] changed = [.. signature];
            changed[place] ^= 1;
            Assert.False(s_dual.Verify(key.PublicKey, "text"u8, changed));
        }
    }
}

using System.Security.Cryptography;
using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Errors;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>Keys and signatures through the interface of all algorithms, with both kinds of reals.</summary>
public sealed class FalconAlgorithmTests
{
    public static TheoryData<int, int> Kinds => new()
    {
        { 9, (int)FalconArithmetic.Native }, { 9, (int)FalconArithmetic.Emulated },
        { 10, (int)FalconArithmetic.Native }, { 10, (int)FalconArithmetic.Emulated },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Signatures_verify_differ_and_bind(int logN, int arithmetic)
    {
        FalconAlgorithm algorithm = Algorithm(logN, (FalconArithmetic)arithmetic);
        using SigningKey key = algorithm.GenerateKey();
        Assert.Equal(logN == 9 ? (897, 1281, 666) : (1793, 2305, 1280), (key.PublicKey.Length, key.PrivateForm.Length, algorithm.SignatureSize));
        byte[] first = Sign(key, "message"u8);
        byte[] second = Sign(key, "message"u8);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first[1..41], second[1..41]);
        Assert.True(algorithm.Verify(key.PublicKey, "message"u8, first));
        Assert.True(algorithm.Verify(key.PublicKey, "message"u8, second));
        Assert.False(algorithm.Verify(key.PublicKey, "Message"u8, first));
        for (int i = 0; i < first.Length; i += 7)
        {
            first[i] ^= 1;
            Assert.False(algorithm.Verify(key.PublicKey, "message"u8, first));
            first[i] ^= 1;
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    public void Both_kinds_of_reals_make_one_key_of_a_seed(int logN)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(48);
        using SigningKey native = Algorithm(logN, FalconArithmetic.Native).KeyFromSeed(seed);
        using SigningKey emulated = Algorithm(logN, FalconArithmetic.Emulated).KeyFromSeed(seed);
        Assert.Equal(native.PublicKey.ToArray(), emulated.PublicKey.ToArray());
        Assert.Equal(native.PrivateForm.ToArray(), emulated.PrivateForm.ToArray());
        Assert.True(native.Algorithm.Verify(native.PublicKey, "text"u8, Sign(emulated, "text"u8)));
    }

    [Fact]
    public void A_broken_generator_makes_no_key() => Assert.Throws<FailureException>(
        () => Algorithm(9, FalconArithmetic.Native).GenerateKey(destination => destination.Clear()));

    private static FalconAlgorithm Algorithm(int logN, FalconArithmetic arithmetic) =>
        new(logN == 9 ? FalconParameters.Falcon512 : FalconParameters.Falcon1024, arithmetic);

    private static byte[] Sign(SigningKey key, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        return signature;
    }
}

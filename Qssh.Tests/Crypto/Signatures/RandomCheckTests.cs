using Qssh.Crypto.Signatures;
using Qssh.Errors;

namespace Qssh.Tests.Crypto.Signatures;

/// <summary>No key is made of what a broken generator gives.</summary>
public sealed class RandomCheckTests
{
    [Fact]
    public void A_constant_generator_makes_no_key()
    {
        Refused(destination => destination.Clear());
        Refused(destination => destination.Fill(0xA5));
    }

    [Fact]
    public void A_generator_that_starts_again_makes_no_key() => Refused(destination => new Random(1).NextBytes(destination));

    [Fact]
    public void A_generator_that_runs_in_a_small_circle_makes_no_key() => Refused(destination =>
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = (byte)(i % 16);
    });

    [Fact]
    public void Any_other_generator_makes_one()
    {
        byte next = 0;
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
        {
            using SigningKey key = algorithm.GenerateKey(destination =>
            {
                foreach (ref byte value in destination)
                    value = next++;
            });
            Assert.Equal(algorithm.PublicKeySize, key.PublicKey.Length);
        }
    }

    private static void Refused(Qssh.Crypto.Rng.FillBytes fill)
    {
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            Assert.Contains("random generator", Assert.Throws<FailureException>(() => algorithm.GenerateKey(fill)).Message);
    }
}
